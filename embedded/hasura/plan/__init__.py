"""What to do for an operation: `operation` is the entry, `tree` the result, `permissions` the door for row filters."""
