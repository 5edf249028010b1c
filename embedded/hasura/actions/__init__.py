"""Calling handlers: `payload` builds the request, `call` makes it, `answer` reads it, `output` selects from it."""
