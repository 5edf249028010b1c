"""From a commit to the screens that show it: `make bench-live`."""
