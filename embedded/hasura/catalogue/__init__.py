"""What is in the database: `introspect` reads it with the statement in `tables.sql` into `tree`."""
