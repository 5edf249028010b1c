UPDATE "public"."author" AS t1 SET "score" = ($1::text)::integer, "name" = $2::text WHERE (t1."owner" = $3::text) AND (t1."name" = $4::text) RETURNING coalesce(t1."name" <> ALL ($5::text[]), FALSE), format('{"id":%s}', coalesce(t1."id"::text, 'null'))
-- ["4", "b", "ann", "a", ["", "nobody"]]
