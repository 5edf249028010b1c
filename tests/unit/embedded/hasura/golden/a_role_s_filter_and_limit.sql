SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]')
FROM (SELECT t2.*
FROM "public"."author" AS t2
WHERE (t2."owner" = $1::text)
LIMIT least(($2::text)::bigint, 5)) AS t1) AS "r0"
