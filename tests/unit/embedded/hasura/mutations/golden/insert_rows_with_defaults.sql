INSERT INTO "public"."book" AS t1 ("author_id", "title") VALUES (($1::text)::integer, DEFAULT), (($2::text)::integer, $3::text) RETURNING TRUE
-- ["1", "2", "b"]
