DELETE FROM "public"."book" AS t1 WHERE EXISTS (SELECT 1 FROM "public"."author" AS t2 WHERE (t2."id" = t1."author_id") AND (t2."name" = $1::text)) RETURNING TRUE, format('{"title":%s}', coalesce(to_json(t1."title"), 'null'))
-- ["x"]
