"""Metadata in its JSON form, parts in Hasura's order, lists by name, nothing that is empty."""

from typing import Any

from embedded.hasura.metadata.tree import Metadata

_ORDER = (
    "version", "sources", "remote_schemas", "query_collections", "allowlist", "actions", "custom_types",
    "cron_triggers", "rest_endpoints", "api_limits", "metrics_config", "inherited_roles",
    "graphql_schema_introspection", "network", "backend_configs", "opentelemetry",
)  # fmt: skip


def exported(metadata: Metadata) -> dict[str, Any]:
    """The JSON form, which `parse_metadata` reads back to the same metadata."""
    dumped = metadata.model_dump(exclude_defaults=True)
    dumped["version"] = 3
    dumped["sources"] = [_source(source.model_dump(exclude_defaults=True)) for source in metadata.sources]
    for action in dumped.get("actions", []):
        action["permissions"] = action.get("permissions") or []
    return {key: dumped[key] for key in _ORDER if dumped.get(key) or key in {"version", "sources"}}


def _source(source: dict[str, Any]) -> dict[str, Any]:
    name, tables = source.pop("name"), source.pop("tables", [])
    functions, configuration = source.pop("functions", None), source.pop("configuration", {})
    written: dict[str, Any] = {"name": name, "kind": source.pop("kind", "postgres")}
    written["tables"] = sorted(tables, key=lambda table: (table["table"]["schema"], table["table"]["name"]))
    if functions:
        written["functions"] = functions
    return {**written, "configuration": configuration, **source}
