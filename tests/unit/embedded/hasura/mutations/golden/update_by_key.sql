UPDATE "public"."author" AS t1 SET "score" = ($1::text)::integer, "name" = $2::text WHERE (t1."owner" = $3::text) AND (t1."id" = ($4::text)::integer) RETURNING coalesce(t1."name" <> ALL ($5::text[]), FALSE), format('{"name":%s,"books_of":%s}', coalesce(to_json(t1."name"), 'null'), coalesce(t1."id"::text, 'null'))
-- ["4", "b", "ann", "5", ["", "nobody"]]
