"""The engine beside its peers, on one Postgres, with the same rows and questions: `make bench-engine`."""
