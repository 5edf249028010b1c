-- Every table and view of the user's schemas as one JSON list: columns with their types, keys, foreign keys.
WITH relation AS (
  SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
    pg_catalog.pg_relation_is_updatable(c.oid, true) AS writes, pg_catalog.obj_description(c.oid, 'pg_class') AS description
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
    AND n.nspname NOT LIKE 'pg\_%'
),
col AS (
  SELECT a.attrelid, json_agg(json_build_object(
      'name', a.attname,
      'number', a.attnum,
      'nullable', NOT (a.attnotnull OR (own.typtype = 'd' AND own.typnotnull)),
      -- Postgres itself fills generated columns and identities that are always generated.
      'writable', a.attgenerated = '' AND a.attidentity <> 'a',
      'type', t.typname,
      -- Without a length, `character` and `bit` mean a length of one; these spellings mean any length.
      'type_sql', CASE t.typname WHEN 'bpchar' THEN 'bpchar' WHEN 'bit' THEN '"bit"' ELSE t.oid::regtype::text END,
      'category', t.typcategory,
      'element', CASE WHEN t.typcategory = 'A' THEN e.typname END,
      'element_sql', CASE WHEN t.typcategory = 'A' THEN e.oid::regtype::text END,
      'element_category', e.typcategory,
      'description', pg_catalog.col_description(a.attrelid, a.attnum)
    ) ORDER BY a.attnum) AS columns
  FROM pg_catalog.pg_attribute a
  JOIN relation ON relation.oid = a.attrelid
  JOIN pg_catalog.pg_type own ON own.oid = a.atttypid
  -- A column of a domain is one of the type below it, for Hasura and its clients.
  JOIN pg_catalog.pg_type t ON t.oid = CASE own.typtype WHEN 'd' THEN own.typbasetype ELSE own.oid END
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
  WHERE a.attnum > 0 AND NOT a.attisdropped
  GROUP BY a.attrelid
),
key AS (
  SELECT k.conrelid, json_agg(json_build_object(
      'name', k.conname,
      'kind', k.contype,
      'columns', (SELECT json_agg(a.attname ORDER BY p.position)
                  FROM unnest(k.conkey) WITH ORDINALITY AS p(number, position)
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number),
      'target_schema', tn.nspname,
      'target_name', tc.relname,
      'target_columns', (SELECT json_agg(a.attname ORDER BY p.position)
                         FROM unnest(k.confkey) WITH ORDINALITY AS p(number, position)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number)
    ) ORDER BY k.conname) AS keys
  FROM pg_catalog.pg_constraint k
  JOIN relation ON relation.oid = k.conrelid
  LEFT JOIN pg_catalog.pg_class tc ON tc.oid = k.confrelid
  LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = tc.relnamespace
  WHERE k.contype IN ('p', 'u', 'f')
  GROUP BY k.conrelid
)
SELECT coalesce(json_agg(json_build_object(
    'schema', relation.schema, 'name', relation.name, 'kind', relation.kind, 'writes', relation.writes, 'description', relation.description,
    'columns', coalesce(col.columns, '[]'), 'keys', coalesce(key.keys, '[]')
  ) ORDER BY relation.schema, relation.name), '[]')
FROM relation
LEFT JOIN col ON col.attrelid = relation.oid
LEFT JOIN key ON key.conrelid = relation.oid
