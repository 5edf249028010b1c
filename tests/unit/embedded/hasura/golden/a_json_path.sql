SELECT (SELECT coalesce(json_agg(json_build_object('meta', (t1."meta" #> $1::text[]))), '[]')
FROM "public"."book" AS t1) AS "r0"
