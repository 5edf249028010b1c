-- What renames, drops and changes of type can be told from: tables and functions by their oid, columns by their number.
SELECT json_build_object(
  'relations', (
    SELECT coalesce(json_agg(json_build_object(
        'oid', c.oid::bigint,
        'schema', n.nspname,
        'name', c.relname,
        'columns', (
          SELECT coalesce(json_agg(json_build_array(a.attnum, a.attname, a.atttypid::regtype::text)), '[]')
          FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        )
      )), '[]')
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
      AND n.nspname NOT LIKE 'pg\_%'
  ),
  'functions', (
    SELECT coalesce(json_agg(json_build_object(
        'oid', p.oid::bigint, 'schema', n.nspname, 'name', p.proname, 'volatile', p.provolatile = 'v'
      )), '[]')
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind = 'f'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
      AND n.nspname NOT LIKE 'pg\_%'
      -- What an extension brought is neither tracked nor altered by anyone.
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
      )
  )
)
