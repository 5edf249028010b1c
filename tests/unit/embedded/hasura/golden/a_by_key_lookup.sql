SELECT (SELECT json_build_object('id', t1."id", '__typename', 'book'::text)
FROM "public"."book" AS t1
WHERE (t1."id" = ($1::text)::integer)
LIMIT 1) AS "r0"
