"""Metadata in its JSON form: parts in Hasura's order, then those we do not know; lists by name; nothing empty."""

from typing import Any

from embedded.hasura.metadata.tree import Metadata

Written = dict[str, Any]

_ORDER = (
    "version", "sources", "remote_schemas", "query_collections", "allowlist", "actions", "custom_types",
    "cron_triggers", "rest_endpoints", "api_limits", "metrics_config", "inherited_roles",
    "graphql_schema_introspection", "network", "backend_configs", "opentelemetry",
)  # fmt: skip

# Lists that stand in no order of their own, and what their items are called by.
_SORTED = {
    "remote_schemas": "name",
    "query_collections": "name",
    "allowlist": "collection",
    "actions": "name",
    "cron_triggers": "name",
    "rest_endpoints": "name",
    "inherited_roles": "role_name",
}
_SORTED_OF_TABLE = {
    "object_relationships": "name",
    "array_relationships": "name",
    "computed_fields": "name",
    "remote_relationships": "name",
    "insert_permissions": "role",
    "select_permissions": "role",
    "update_permissions": "role",
    "delete_permissions": "role",
    "event_triggers": "name",
}


def exported(metadata: Metadata) -> Written:
    """The JSON form, which `parse_metadata` reads back to the same metadata."""
    dumped = metadata.model_dump(exclude_defaults=True)
    dumped["version"] = 3
    dumped["sources"] = [_source(source.model_dump(exclude_defaults=True)) for source in metadata.sources]
    for part, key in _SORTED.items():
        if part in dumped:
            dumped[part] = _by(dumped[part], key)
    known = {key: dumped[key] for key in _ORDER if dumped.get(key) or key in {"version", "sources"}}
    return {**known, **{key: value for key, value in dumped.items() if key not in _ORDER}}


def _by(items: list[Written], key: str) -> list[Written]:
    """The items by what they are called; what has no such name comes first, as it was."""
    return sorted(items, key=lambda item: str(item.get(key, "")))


def _table(table: Written) -> Written:
    for part, key in _SORTED_OF_TABLE.items():
        if part in table:
            table[part] = _by(table[part], key)
    return table


def _source(source: Written) -> Written:
    name, tables = source.pop("name"), source.pop("tables", [])
    functions, configuration = source.pop("functions", None), source.pop("configuration", {})
    written: Written = {"name": name, "kind": source.pop("kind", "postgres")}
    written["tables"] = sorted(map(_table, tables), key=lambda table: _qualified(table["table"]))
    if functions:
        written["functions"] = sorted(functions, key=lambda function: _qualified(function["function"]))
    return {**written, "configuration": configuration, **source}


def _qualified(name: dict[str, str]) -> tuple[str, str]:
    return name["schema"], name["name"]
