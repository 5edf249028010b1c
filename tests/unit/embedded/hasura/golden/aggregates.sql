SELECT (SELECT json_build_object('aggregate', json_build_object('count', count(*), 'max', json_build_object('id', max(t1."id"))), 'nodes', coalesce(json_agg(json_build_object('id', t1."id")), '[]'))
FROM "public"."book" AS t1
HAVING count(*) >= 0) AS "r0"
