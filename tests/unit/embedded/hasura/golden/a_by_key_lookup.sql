SELECT coalesce((SELECT format('{"id":%s,"__typename":%s}', coalesce(t1."id"::text, 'null'), '"book"')
FROM "public"."book" AS t1
WHERE (t1."id" = ($1::text)::integer)
LIMIT 1), 'null') AS "r0"
