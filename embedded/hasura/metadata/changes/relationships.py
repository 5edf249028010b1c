"""Create, drop and rename relationships."""

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import Arguments, Command, read, table_of
from embedded.hasura.metadata.tables import Relationship, Table
from embedded.hasura.metadata.tree import Metadata


def create_object_relationship(metadata: Metadata, arguments: Arguments) -> None:
    """Add an object relationship."""
    table = table_of(metadata, arguments)
    table.object_relationships.append(_new(table, arguments))


def create_array_relationship(metadata: Metadata, arguments: Arguments) -> None:
    """Add an array relationship."""
    table = table_of(metadata, arguments)
    table.array_relationships.append(_new(table, arguments))


def _new(table: Table, arguments: Arguments) -> Relationship:
    written = {key: value for key, value in arguments.items() if key not in {"table", "source"}}
    relationship = read(Relationship, written)
    taken = (*table.object_relationships, *table.array_relationships)
    if any(other.name == relationship.name for other in taken):
        message = f'relationship "{relationship.name}" already exists in table "{table.table.display}"'
        raise EngineError("already-exists", message, path="$.args.name")
    return relationship


def drop_relationship(metadata: Metadata, arguments: Arguments) -> None:
    """Remove a relationship of either kind."""
    table, name = table_of(metadata, arguments), str(arguments.get("relationship"))
    group, found = _find(table, name)
    group.remove(found)


def rename_relationship(metadata: Metadata, arguments: Arguments) -> None:
    """Give a relationship another name."""
    _, found = _find(table_of(metadata, arguments), str(arguments.get("name")))
    found.name = str(arguments.get("new_name"))


def _find(table: Table, name: str) -> tuple[list[Relationship], Relationship]:
    for group in (table.object_relationships, table.array_relationships):
        for relationship in group:
            if relationship.name == name:
                return group, relationship
    message = f'relationship "{name}" does not exist in table "{table.table.display}"'
    raise EngineError("not-exists", message, path="$.args.relationship")


COMMANDS: dict[str, Command] = {
    "create_object_relationship": create_object_relationship,
    "create_array_relationship": create_array_relationship,
    "drop_relationship": drop_relationship,
    "rename_relationship": rename_relationship,
}
