SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]')
FROM (SELECT DISTINCT ON (t2."id") t2.*
FROM "public"."book" AS t2
WHERE (t2."title" ILIKE $1::text)
ORDER BY t2."id" DESC NULLS FIRST
LIMIT ($2::text)::bigint
OFFSET ($3::text)::bigint) AS t1) AS "r0"
