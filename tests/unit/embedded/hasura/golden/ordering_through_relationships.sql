SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]')
FROM (SELECT t2.*
FROM "public"."book" AS t2
ORDER BY (SELECT t3."name"
FROM "public"."author" AS t3
WHERE (t3."id" = t2."author_id") AND (TRUE)
LIMIT 1) ASC NULLS LAST) AS t1) AS "r0"
