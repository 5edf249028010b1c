SELECT (SELECT coalesce(json_agg(json_build_object('id', t1."id")), '[]')
FROM (SELECT t2.*
FROM "public"."book" AS t2
ORDER BY (SELECT t3."name"
FROM "public"."author" AS t3
WHERE (t3."id" = t2."author_id") AND (TRUE)
LIMIT 1) ASC NULLS LAST) AS t1) AS "r0"
