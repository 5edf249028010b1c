"""Plans as SQL text: `select` for tables, `records` for records from elsewhere; `writer` numbers the parameters."""
