INSERT INTO "public"."author" AS t1 ("name", "score") VALUES ($1::text, ($2::text)::integer) ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "score" = EXCLUDED."score", "info" = EXCLUDED."info" WHERE t1."score" < ($2::text)::integer RETURNING TRUE
-- ["a", "1"]
