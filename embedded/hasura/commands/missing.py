"""Commands that Hasura has and this engine has not; whatever else is unknown to it is unknown to Hasura, too."""

MISSING = frozenset(
    {
        # old data commands
        "select", "update", "delete", "count",
        # event and cron triggers
        "create_event_trigger", "delete_event_trigger", "redeliver_event", "invoke_event_trigger", "get_event_logs",
        "get_event_invocation_logs", "get_event_by_id", "cleanup_event_trigger_logs",
        "resume_event_trigger_cleanups", "pause_event_trigger_cleanups",
        "create_cron_trigger", "delete_cron_trigger", "create_scheduled_event", "delete_scheduled_event",
        "get_scheduled_events", "get_scheduled_event_invocations", "get_cron_triggers",
        # remote schemas and relationships to them
        "add_remote_schema", "update_remote_schema", "remove_remote_schema", "reload_remote_schema",
        "introspect_remote_schema", "add_remote_schema_permissions", "drop_remote_schema_permissions",
        "create_remote_relationship", "update_remote_relationship", "delete_remote_relationship",
        "create_remote_schema_remote_relationship", "update_remote_schema_remote_relationship",
        "delete_remote_schema_remote_relationship",
        # endpoints, limits and the like
        "create_rest_endpoint", "drop_rest_endpoint", "set_api_limits", "remove_api_limits", "set_metrics_config",
        "remove_metrics_config", "set_query_tags", "add_host_to_tls_allowlist", "drop_host_from_tls_allowlist",
        "set_opentelemetry_config", "set_opentelemetry_status", "set_feature_flag",
        "get_feature_flag",
        # native queries and what belongs to them
        "track_native_query", "untrack_native_query", "get_native_query", "track_logical_model",
        "untrack_logical_model", "get_logical_model", "track_stored_procedure", "untrack_stored_procedure",
        # other kinds of databases
        "dc_add_agent", "dc_delete_agent", "add_agent", "delete_agent", "validate_metadata",
    }
)  # fmt: skip

# The same for other kinds of databases, as in mssql_track_table.
MISSING_ENDINGS = ("_add_source", "_track_table", "_untrack_table", "_run_sql")
