SELECT (SELECT coalesce(json_agg(json_build_object('id', t1."id")), '[]')
FROM (SELECT t2.*
FROM "public"."author" AS t2
WHERE (t2."owner" = $1::text)
LIMIT least(($2::text)::bigint, 5)) AS t1) AS "r0"
