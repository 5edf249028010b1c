"""Check the types that actions speak in, in Hasura's words, and show them as lists of inconsistent objects do."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from embedded.hasura.metadata.actions import CustomInputObject, CustomObject, CustomRelationship, CustomTypes
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.action_output import BUILT_IN
from embedded.hasura.schema.graphql_types import named_type, type_node
from embedded.hasura.schema.names import POSTGRES_SCALARS, scalar_name
from embedded.hasura.schema.tracked import Inconsistency, TrackedTable

Tables = Mapping[QualifiedName, TrackedTable]

_FAILED = "Inconsistent object: validation for the given custom types failed "


def known_scalars(tables: Tables) -> frozenset[str]:
    """The scalars that need no declaration: GraphQL's own, Postgres' usual ones, and those of tracked columns."""
    columns = (column.type for table in tables.values() for column in table.columns.values())
    return BUILT_IN | POSTGRES_SCALARS | {scalar_name(column.element or column) for column in columns}


def check_custom_types(types: CustomTypes, tables: Tables) -> None:
    """Refuse types that contradict each other, or name types, tables or columns that are not there.

    Raises:
        Inconsistency: with everything that is wrong.
    """
    reasons = list(_Check(types, tables).complaints())
    if len(reasons) == 1:
        raise Inconsistency(f"{_FAILED}because {reasons[0]}")
    if reasons:
        lines = "".join(f"  • {reason}\n" for reason in reasons)
        raise Inconsistency(f"{_FAILED}for the following reasons:\n{lines}")


class _Check:
    def __init__(self, types: CustomTypes, tables: Tables) -> None:
        self._types = types
        self._tables = tables
        leaves = known_scalars(tables) | {declared.name for declared in (*types.scalars, *types.enums)}
        self._inputs = leaves | {declared.name for declared in types.input_objects}
        self._outputs = leaves | {declared.name for declared in types.objects}

    def complaints(self) -> Iterator[str]:
        """What is wrong, one sentence for each thing."""
        types = self._types
        groups = (types.scalars, types.enums, types.input_objects, types.objects)
        names = [declared.name for group in groups for declared in group]
        if twice := _twice(names):
            yield f"duplicate type names: {_listed(twice)}"
        for table in self._tables.values():
            if table.graphql_name in names:
                yield f'conflicting definitions for GraphQL type "{table.graphql_name}"'
        for enum in types.enums:
            if twice := _twice(value.value for value in enum.values):
                yield f'the enum type "{enum.name}" has duplicate values: {_listed(twice)}'
        for declared in types.input_objects:
            yield from self._input(declared)
        for declared in types.objects:
            yield from self._object(declared)

    def _input(self, declared: CustomInputObject) -> Iterator[str]:
        if twice := _twice(field.name for field in declared.fields):
            yield f'the input object "{declared.name}" has duplicate fields: {_listed(twice)}'
        for field in declared.fields:
            if named_type(field.type) not in self._inputs:
                yield _unknown(field.type, field.name, f'input object type "{declared.name}"')

    def _object(self, declared: CustomObject) -> Iterator[str]:
        relationships = declared.relationships or []
        if twice := _twice(part.name for part in (*declared.fields, *relationships)):
            yield f'the object "{declared.name}" has duplicate fields: {_listed(twice)}'
        for field in declared.fields:
            if field.arguments is not None:
                yield f'the object "{declared.name}" can\'t have arguments'
            if named_type(field.type) not in self._outputs:
                yield _unknown(field.type, field.name, f'object type "{declared.name}"')
        if len({relationship.source or "default" for relationship in relationships}) > 1:
            yield f'the object "{declared.name}" has relationships refers to tables in multiple sources'
            return
        written = {field.name: field.type for field in declared.fields}
        for relationship in relationships:
            yield from self._relationship(declared, relationship, written)

    def _relationship(
        self, declared: CustomObject, relationship: CustomRelationship, written: dict[str, str]
    ) -> Iterator[str]:
        of = f'for relationship "{relationship.name}"'
        table = f'"{relationship.remote_table.display}"'
        target = self._tables.get(relationship.remote_table)
        if target is None or (relationship.source or "default") != "default":
            yield f'the remote table {table} {of} of object type "{declared.name}" does not exist'
            return
        for mine, theirs in relationship.field_mapping.items():
            if mine not in written:
                yield f'the field "{mine}" {of} in object type "{declared.name}" does not exist'
            elif type_node(written[mine].rstrip("! \t\n")).kind == "list_type":
                yield f'the type of the field "{mine}" {of} in object type "{declared.name}" is a list type'
            if theirs not in target.columns:
                where = f'of remote table {table} {of} of object type "{declared.name}"'
                yield f'the column "{theirs}" {where} does not exist'


def _unknown(written: str, field: str, where: str) -> str:
    # Both spaces are Hasura's.
    return f'the type "{named_type(written)}" for field "{field}" in  {where} does not exist'


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def custom_types_definition(types: CustomTypes) -> dict[str, Any]:
    """The types as a list of inconsistent objects shows them: whole, with what was left out spelled as null."""
    return {
        "input_objects": [_with_fields(declared) for declared in types.input_objects] or None,
        "objects": [_object_definition(declared) for declared in types.objects] or None,
        "scalars": [declared.model_dump() for declared in types.scalars] or None,
        "enums": [declared.model_dump() for declared in types.enums] or None,
    }


def _with_fields(declared: Any) -> dict[str, Any]:
    fields = [{"name": f.name, "type": f.type, "description": f.description} for f in declared.fields]
    return {"name": declared.name, "description": declared.description, "fields": fields}


def _object_definition(declared: CustomObject) -> dict[str, Any]:
    shown = _with_fields(declared)
    shown["fields"] = [
        {**field, "arguments": own.arguments} for field, own in zip(shown["fields"], declared.fields, strict=True)
    ]
    relationships = [
        {**relationship.model_dump(), "source": relationship.source or "default"}
        for relationship in declared.relationships or ()
    ]
    return {**shown, "relationships": relationships or None}
