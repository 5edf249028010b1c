"""What the tests of law 1 start: a guarded process that tries every way out, and an API with a handler that does."""
