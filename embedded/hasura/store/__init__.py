"""Where metadata is kept: `store` reads and writes the schema hdb_catalog, `watch` notices what others wrote."""
