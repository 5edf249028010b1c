"""From a record to processes: namespaces, limits, disk, and the agent inside."""
