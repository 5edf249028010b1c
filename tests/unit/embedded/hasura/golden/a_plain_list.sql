SELECT (SELECT coalesce(json_agg(json_build_object('id', t1."id", 'title', t1."title")), '[]')
FROM "public"."book" AS t1) AS "r0"
