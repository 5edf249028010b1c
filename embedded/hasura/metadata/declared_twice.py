"""Things that metadata declares more than once, though there can be only one of a name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.tree import Metadata, Source

_OF_TABLE = (
    ("object relationships", "object_relationships", "name"),
    ("array relationships", "array_relationships", "name"),
    ("computed fields", "computed_fields", "name"),
    ("insert permissions", "insert_permissions", "role"),
    ("select permissions", "select_permissions", "role"),
    ("update permissions", "update_permissions", "role"),
    ("delete permissions", "delete_permissions", "role"),
)


def refuse_declared_twice(metadata: Metadata) -> None:
    """Refuse metadata with two things of one kind and name.

    Raises:
        EngineError: parse-failed, naming the first kind of which there are such.
    """
    for kind, path, names in _named(metadata):
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            message = f"multiple declarations exist for the following {kind}: {', '.join(twice)}"
            raise EngineError("parse-failed", message, path=path)


def _named(metadata: Metadata) -> Iterator[tuple[str, str, list[str]]]:
    """Every list of things with names: what they are, where they stand, and the names."""
    yield "sources", "$.sources", [source.name for source in metadata.sources]
    for i, source in enumerate(metadata.sources):
        yield from _named_in(source, f"$.sources[{i}]")
    yield "actions", "$.actions", [action.name for action in metadata.actions]
    yield "query collections", "$.query_collections", _under("name", metadata.query_collections)
    yield "allow list entries", "$.allowlist", _under("collection", metadata.allowlist)
    yield "inherited roles", "$.inherited_roles", _under("role_name", metadata.inherited_roles)


def _named_in(source: Source, path: str) -> Iterator[tuple[str, str, list[str]]]:
    yield "tables", f"{path}.tables", [table.table.display for table in source.tables]
    for i, table in enumerate(source.tables):
        for kind, part, key in _OF_TABLE:
            yield kind, f"{path}.tables[{i}].{part}", [getattr(item, key) for item in getattr(table, part)]
    yield "functions", f"{path}.functions", [function.function.display for function in source.functions]


def _under(key: str, items: Iterable[dict[str, Any]]) -> list[str]:
    return [str(item.get(key)) for item in items]
