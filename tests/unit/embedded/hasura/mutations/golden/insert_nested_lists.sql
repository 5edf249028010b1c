INSERT INTO "public"."author" AS t1 ("name", "owner", "score") VALUES ($1::text, $2::text, ($3::text)::integer) RETURNING coalesce(t1."name" <> $4::text, FALSE), t1."id"::text, format('{"id":%s}', coalesce(t1."id"::text, 'null'))
-- ["Ann", "ann", "3", ""]

INSERT INTO "public"."book" AS t1 ("author_id", "title") SELECT ($1::text)::integer, t2."c1"::text FROM unnest($2::text[]) AS t2("c1") RETURNING coalesce(EXISTS (SELECT 1 FROM "public"."author" AS t3 WHERE (t3."id" = t1."author_id") AND (t3."owner" = $3::text)), FALSE)
-- ["1", ["a", "b"], "ann"]
