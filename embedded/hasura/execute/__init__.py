"""Running requests: `compile` makes them ready, `plan_cache` keeps them so, `run` carries them out."""
