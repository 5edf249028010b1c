UPDATE "public"."author" AS t1 SET "name" = $1::text, "score" = t1."score" + ($2::text)::integer, "info" = t1."info" || ($3::text)::jsonb WHERE t1."id" = ANY (($4::text[])::integer[]) RETURNING TRUE
-- ["x", "2", "{\"a\": 1}", ["1", "2"]]

UPDATE "public"."author" AS t1 SET "info" = ($1::text)::jsonb || t1."info" RETURNING TRUE
-- ["[1]"]

UPDATE "public"."author" AS t1 SET "info" = t1."info" - $1::text RETURNING TRUE
-- ["k"]

UPDATE "public"."author" AS t1 SET "info" = t1."info" - ($1::text)::integer RETURNING TRUE
-- ["-1"]

UPDATE "public"."author" AS t1 SET "info" = t1."info" #- $1::text[] RETURNING TRUE
-- [["a", "0"]]
