INSERT INTO "public"."author" AS t1 ("id") VALUES (DEFAULT), (DEFAULT) RETURNING TRUE
-- []
