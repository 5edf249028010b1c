SELECT (SELECT format('{"aggregate":%s,"nodes":%s}', format('{"count":%s,"max":%s}', coalesce(to_json(count(*)), 'null'), format('{"id":%s}', coalesce(to_json(max(t1."id")), 'null'))), coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]'))
FROM "public"."book" AS t1
HAVING count(*) >= 0) AS "r0"
