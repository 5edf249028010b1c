INSERT INTO "public"."author" AS t1 ("name") VALUES ($1::text) ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "name" = EXCLUDED."name" RETURNING TRUE, t1."id"::text
-- ["Ann"]

INSERT INTO "public"."book" AS t1 ("author_id", "title") VALUES (($1::text)::integer, $2::text) RETURNING TRUE, t1."id"::text, format('{"id":%s}', coalesce(t1."id"::text, 'null'))
-- ["1", "t"]

INSERT INTO "public"."cover" AS t1 ("book_id", "colour") VALUES (($1::text)::integer, $2::text) RETURNING TRUE
-- ["1", "red"]

INSERT INTO "public"."book" AS t1 ("author_id") VALUES (($1::text)::integer) RETURNING TRUE, format('{"id":%s}', coalesce(t1."id"::text, 'null'))
-- ["7"]
