INSERT INTO "public"."book" AS t1 ("author_id", "title") VALUES (($1::text)::integer, $2::text) RETURNING TRUE, (t1.*)::text
-- ["1", "a"]

SELECT format('{"id":%s,"author":%s}', coalesce(t1."id"::text, 'null'), coalesce((SELECT format('{"name":%s}', coalesce(to_json(t2."name"), 'null')) FROM "public"."author" AS t2 WHERE (t2."id" = t1."author_id") LIMIT 1), 'null')), format('{"title":%s}', coalesce(to_json(t1."title"), 'null')) FROM unnest(($1::text[])::"public"."book"[]) AS t1
-- [["1"]]
