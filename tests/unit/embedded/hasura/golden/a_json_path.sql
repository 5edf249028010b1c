SELECT (SELECT coalesce('[' || string_agg(format('{"meta":%s}', coalesce(to_json(t1."meta" #> $1::text[]), 'null')), ',') || ']', '[]')
FROM "public"."book" AS t1) AS "r0"
