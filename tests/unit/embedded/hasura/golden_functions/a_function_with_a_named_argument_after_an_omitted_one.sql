SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(to_json(t1."id"), 'null')), ',') || ']', '[]') FROM "public"."odd"($1::text, "c" => ($2::text)::boolean) AS t1) AS "r0"
