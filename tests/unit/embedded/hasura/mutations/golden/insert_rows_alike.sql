INSERT INTO "public"."book" AS t1 ("author_id", "title", "tags") SELECT ($1::text)::integer, t2."c1"::text, t2."c2"::text[] FROM unnest($2::text[], $3::text[]) AS t2("c1", "c2") RETURNING TRUE, format('{"slug":%s}', coalesce(to_json(t1."slug"), 'null'))
-- ["1", ["a", "b"], ["{\"x\"}", null]]
