SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]')
FROM (SELECT t2.*
FROM "public"."author" AS t2
WHERE ((t2."owner" = $1::text) AND (EXISTS (SELECT 1
FROM "public"."book" AS t3
WHERE (t3."author_id" = t2."id") AND ((EXISTS (SELECT 1
FROM "public"."author" AS t4
WHERE (t4."id" = t3."author_id") AND (t4."owner" = $1::text))) AND (t3."id" = ANY (($2::text[])::integer[]))))))
LIMIT 5) AS t1) AS "r0"
