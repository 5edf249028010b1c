"""Pages of docs/ that follow from the contracts: `errors`, `glossary` and `actions`, written by `markdown`."""
