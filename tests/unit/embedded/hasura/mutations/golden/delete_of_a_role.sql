DELETE FROM "public"."author" AS t1 WHERE (t1."owner" = $1::text) AND ((t1."id" > ($2::text)::integer) OR (t1."name" = $3::text)) RETURNING TRUE
-- ["ann", "1", "x"]
