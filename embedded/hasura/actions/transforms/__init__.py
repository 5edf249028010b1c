"""Requests to handlers and their answers, reshaped by templates: `request`, `response`, and `check` for both."""
