SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(to_json(t1."id"), 'null')), ',') || ']', '[]') FROM "public"."item" AS t1 WHERE (t1."owner" = ANY ($1::text[]))) AS "r0"
