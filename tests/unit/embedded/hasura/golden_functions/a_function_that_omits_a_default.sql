SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(to_json(t1."id"), 'null')), ',') || ']', '[]') FROM "public"."search"($1::text) AS t1) AS "r0"
