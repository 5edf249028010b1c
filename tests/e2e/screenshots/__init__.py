"""Pictures of every page, for docs/portal."""
