UPDATE "public"."book" AS t1 SET "title" = $1::text WHERE t1."id" = ($2::text)::integer RETURNING TRUE
-- ["a", "1"]

UPDATE "public"."book" AS t1 SET "title" = $1::text WHERE EXISTS (SELECT 1 FROM "public"."author" AS t2 WHERE (t2."id" = t1."author_id") AND (t2."name" = $2::text)) RETURNING TRUE
-- [null, "x"]
