UPDATE "public"."author" AS t1 SET "score" = ($1::text)::integer WHERE t1."owner" = $2::text RETURNING coalesce(t1."name" <> ALL ($3::text[]), FALSE)
-- ["4", "ann", ["", "nobody"]]
