SELECT (SELECT coalesce('[' || string_agg(format('{"id":%s}', coalesce(t1."id"::text, 'null')), ',') || ']', '[]') FROM "public"."item" AS t1 WHERE (t1."owner" = ANY ($1::text[]))) AS "r0"
