DELETE FROM "public"."author" AS t1 WHERE t1."id" = ($1::text)::integer RETURNING TRUE, (t1.*)::text
-- ["3"]

SELECT format('{"id":%s,"books":%s}', coalesce(t1."id"::text, 'null'), (SELECT coalesce('[' || string_agg(format('{"title":%s}', coalesce(to_json(t2."title"), 'null')), ',') || ']', '[]') FROM "public"."book" AS t2 WHERE (t2."author_id" = t1."id"))) FROM unnest(($1::text[])::"public"."author"[]) AS t1
-- [["1"]]
