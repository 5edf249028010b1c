"""The library's tables and metadata."""

TABLES = """
CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL, born date);
CREATE TABLE book (
  id serial PRIMARY KEY,
  author_id int NOT NULL,
  title text NOT NULL,
  rating numeric,
  details jsonb,
  lent_at timestamptz
);
"""

_SEEN = {"filter": {}, "columns": "*", "allow_aggregations": True}

METADATA = {
    "version": 3,
    "sources": [
        {
            "name": "default",
            "kind": "postgres",
            "configuration": {"connection_info": {"database_url": {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}}},
            "tables": [
                {
                    "table": {"schema": "public", "name": "author"},
                    "array_relationships": [
                        {
                            "name": "books",
                            "using": {
                                "manual_configuration": {
                                    "remote_table": {"schema": "public", "name": "book"},
                                    "column_mapping": {"id": "author_id"},
                                }
                            },
                        }
                    ],
                    "select_permissions": [{"role": "reader", "permission": _SEEN}],
                },
                {
                    "table": {"schema": "public", "name": "book"},
                    "object_relationships": [
                        {
                            "name": "author",
                            "using": {
                                "manual_configuration": {
                                    "remote_table": {"schema": "public", "name": "author"},
                                    "column_mapping": {"author_id": "id"},
                                }
                            },
                        }
                    ],
                    "select_permissions": [
                        {
                            "role": "reader",
                            "permission": {**_SEEN, "filter": {"id": {"_lte": "X-Hasura-Shelf-End"}}},
                        }
                    ],
                },
            ],
        }
    ],
}
