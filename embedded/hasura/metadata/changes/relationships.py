"""Create and drop relationships, and say what they are for."""

from typing import Any, cast

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import (
    About,
    Arguments,
    Command,
    Dropped,
    dropped,
    read,
    table_of,
    text_in,
    without_place,
)
from embedded.hasura.metadata.labels import part_label
from embedded.hasura.metadata.tables import Relationship, RemoteKey, Table
from embedded.hasura.metadata.tree import Metadata


def create_object_relationship(metadata: Metadata, arguments: Arguments) -> About:
    """Add an object relationship."""
    relationship = _parsed(arguments)
    table = table_of(metadata, arguments)
    _refuse_taken(table, relationship.name)
    table.object_relationships.append(relationship)
    return About(part_label("object_relation", relationship.name, table.table))


def create_array_relationship(metadata: Metadata, arguments: Arguments) -> About:
    """Add an array relationship."""
    relationship = _parsed(arguments)
    key = relationship.using.foreign_key_constraint_on
    if key is not None and not isinstance(key, RemoteKey):
        message = "Expecting object { table, columns }."
        raise EngineError("parse-failed", message, path="$.using.foreign_key_constraint_on")
    table = table_of(metadata, arguments)
    _refuse_taken(table, relationship.name)
    table.array_relationships.append(relationship)
    return About(part_label("array_relation", relationship.name, table.table))


def _parsed(arguments: Arguments) -> Relationship:
    relationship = read(Relationship, without_place(arguments))
    using = relationship.using
    given = [way for way in (using.foreign_key_constraint_on, using.manual_configuration) if way is not None]
    if len(given) != 1:
        written = cast("dict[str, Any]", arguments["using"])
        message = (
            "atleast one of foreign_key_constraint_on/manual_configuration should be present"
            if not written
            else "only one of foreign_key_constraint_on/manual_configuration should be present"
        )
        raise EngineError("parse-failed", message, path="$.using")
    return relationship


def _refuse_taken(table: Table, name: str) -> None:
    taken = (*table.object_relationships, *table.array_relationships, *table.computed_fields)
    if any(other.name == name for other in taken):
        message = f'field with name "{name}" already exists in table "{table.table.display}"'
        raise EngineError("already-exists", message, path="$.args")


def drop_relationship(metadata: Metadata, arguments: Arguments) -> Dropped:
    """Remove a relationship of either kind."""
    table = table_of(metadata, arguments)
    group, found = find_relationship(table, text_in(arguments, "relationship"))
    group.remove(found)
    return dropped(arguments)


def set_relationship_comment(metadata: Metadata, arguments: Arguments) -> None:
    """Say what a relationship is for."""
    table = table_of(metadata, arguments)
    _, found = find_relationship(table, text_in(arguments, "relationship"))
    found.comment = arguments.get("comment")


def find_relationship(table: Table, name: str) -> tuple[list[Relationship], Relationship]:
    """A relationship, and the list it stands in.

    Raises:
        EngineError: not-exists.
    """
    for group in (table.object_relationships, table.array_relationships):
        for relationship in group:
            if relationship.name == name:
                return group, relationship
    raise EngineError("not-exists", f'"{name}" does not exist', path="$.args")


COMMANDS: dict[str, Command] = {
    "create_object_relationship": create_object_relationship,
    "create_array_relationship": create_array_relationship,
    "drop_relationship": drop_relationship,
    "set_relationship_comment": set_relationship_comment,
}
