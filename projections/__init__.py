"""Pure folds: the projection after an event, from the one before it."""
