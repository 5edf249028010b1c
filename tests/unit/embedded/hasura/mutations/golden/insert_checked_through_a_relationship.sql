INSERT INTO "public"."book" AS t1 ("author_id") VALUES (($1::text)::integer) RETURNING coalesce(EXISTS (SELECT 1 FROM "public"."author" AS t2 WHERE (t2."id" = t1."author_id") AND (t2."owner" = $2::text)), FALSE)
-- ["1", "ann"]
