SELECT (SELECT coalesce('[' || string_agg(format('{"books":%s}', (SELECT coalesce('[' || string_agg(format('{"author":%s}', coalesce((SELECT format('{"id":%s}', coalesce(t3."id"::text, 'null'))
FROM "public"."author" AS t3
WHERE (t3."id" = t2."author_id")
LIMIT 1), 'null')), ',') || ']', '[]')
FROM "public"."book" AS t2
WHERE (t2."author_id" = t1."id"))), ',') || ']', '[]')
FROM "public"."author" AS t1) AS "r0"
