INSERT INTO "public"."author" AS t1 ("name", "info", "score") VALUES ($1::text, ($2::text)::jsonb, ($3::text)::integer) RETURNING TRUE, format('{"id":%s,"name":%s}', coalesce(t1."id"::text, 'null'), coalesce(to_json(t1."name"), 'null'))
-- ["Ann", "{\"a\": 1}", null]
