-- Every function of the user's schemas as one JSON list. What belongs to an extension is left out: nobody tracks it, and
-- one extension alone can bring a thousand functions.
WITH kind AS (
  SELECT t.oid, n.nspname AS schema, t.typname AS name, c.relname AS relation, rn.nspname AS relation_schema,
    json_build_object(
      'type', t.typname,
      'type_sql', CASE t.typname WHEN 'bpchar' THEN 'bpchar' WHEN 'bit' THEN '"bit"' ELSE t.oid::regtype::text END,
      'category', t.typcategory,
      'element', CASE WHEN t.typcategory = 'A' THEN e.typname END,
      'element_sql', CASE WHEN t.typcategory = 'A' THEN e.oid::regtype::text END,
      'element_category', e.typcategory
    ) AS described
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
  LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = c.relnamespace
)
SELECT coalesce(json_agg(json_build_object(
    'schema', n.nspname, 'name', p.proname, 'description', pg_catalog.obj_description(p.oid, 'pg_proc'),
    'variadic', p.provariadic <> 0, 'volatile', p.provolatile = 'v',
    'returns', r.described, 'returns_set', p.proretset,
    'table_schema', r.relation_schema, 'table_name', r.relation,
    'arguments', (
      SELECT coalesce(json_agg(json_build_object(
          'name', nullif(p.proargnames[i.number], ''), 'schema', k.schema, 'type_name', k.name, 'type', k.described,
          'has_default', i.position > p.pronargs - p.pronargdefaults
        ) ORDER BY i.position), '[]')
      FROM (
        SELECT a.type_oid, a.number, row_number() OVER (ORDER BY a.number) AS position
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a(type_oid, number)
        WHERE coalesce(p.proargmodes[a.number], 'i') IN ('i', 'b', 'v')
      ) AS i
      JOIN kind k ON k.oid = i.type_oid)
  ) ORDER BY n.nspname, p.proname), '[]')
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN kind r ON r.oid = p.prorettype
WHERE p.prokind = 'f'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
  AND n.nspname NOT LIKE 'pg\_%'
  AND NOT EXISTS (
    SELECT 1 FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
