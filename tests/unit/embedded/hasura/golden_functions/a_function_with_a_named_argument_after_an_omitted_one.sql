SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]') FROM "public"."odd"($1::text, "c" => ($2::text)::boolean) AS t1) AS "r0"
