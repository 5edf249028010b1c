SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s,"title":%s}', coalesce(t1."id"::text, 'null'), coalesce(to_json(t1."title"), 'null')), ',') || ']', '[]')
FROM "public"."book" AS t1) AS "r0"
