"""Plans as SQL text: `select` for tables, `writes` for changes of them, `records` for records from elsewhere.

`writer` numbers the parameters.
"""
