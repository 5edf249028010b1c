INSERT INTO "public"."author" AS t1 ("name", "owner", "score") VALUES ($1::text, $2::text, ($3::text)::integer) ON CONFLICT ON CONSTRAINT "author_pkey" DO NOTHING RETURNING coalesce(t1."name" <> $4::text, FALSE)
-- ["a", "ann", "3", ""]
