SELECT (SELECT coalesce(json_agg(json_build_object('books', (SELECT coalesce(json_agg(json_build_object('author', (SELECT json_build_object('id', t3."id")
FROM "public"."author" AS t3
WHERE (t3."id" = t2."author_id")
LIMIT 1))), '[]')
FROM "public"."book" AS t2
WHERE (t2."author_id" = t1."id")))), '[]')
FROM "public"."author" AS t1) AS "r0"
