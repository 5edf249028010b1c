INSERT INTO "public"."author" AS t1 ("name", "owner", "score") SELECT t2."c1"::text, $2::text, ($3::text)::integer FROM unnest($1::text[]) AS t2("c1") RETURNING coalesce(t1."name" <> $4::text, FALSE), format('{"name":%s}', coalesce(to_json(t1."name"), 'null'))
-- [["a", "b"], "ann", "3", ""]
