SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]') FROM "public"."search"($1::text) AS t1) AS "r0"
