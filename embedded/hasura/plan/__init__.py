"""What to do for an operation: `operation` is the entry, `tree` and, for mutations, `write_tree` the result.

`permissions` is the door for row filters, checks and presets.
"""
