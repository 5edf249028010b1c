"""Requests: `parse` the text, `operation` validates it against a role's types into `tree`."""
