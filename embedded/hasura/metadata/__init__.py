"""Metadata as typed objects: `tree` is the whole, `files` loads a folder, `export` writes it, `changes` alters it."""
