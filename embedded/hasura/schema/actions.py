"""Resolve actions: handler URLs, headers from the environment, and the types they speak in."""

import re
from collections.abc import Iterator, Mapping

from graphql import GraphQLSyntaxError, ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode, parse_type

from embedded.hasura.metadata.actions import Action, ActionHeader, CustomObject, CustomTypes
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tree import Metadata
from embedded.hasura.schema.action_output import expected_output
from embedded.hasura.schema.names import POSTGRES_SCALARS
from embedded.hasura.schema.tracked import Inconsistency, InconsistentObject, TrackedAction, TrackedTable

_TEMPLATE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_BUILT_IN = {"Int", "Float", "String", "Boolean", "ID"}

Actions = dict[str, TrackedAction]


def track_actions(
    metadata: Metadata, environment: Mapping[str, str], tables: Mapping[QualifiedName, TrackedTable]
) -> tuple[Actions, list[InconsistentObject]]:
    """The actions that can be called, by name, and what is wrong with the others."""
    refused: list[InconsistentObject] = []
    try:
        check_custom_types(metadata.custom_types, tables)
    except Inconsistency as why:
        written = metadata.custom_types.model_dump()
        refused.append(InconsistentObject("custom_types", "custom_types custom_types", str(why), written))
    actions: Actions = {}
    for action in metadata.actions:
        try:
            actions[action.name] = track_action(action, metadata.custom_types, environment)
        except Inconsistency as why:
            written = action.model_dump(exclude_defaults=True)
            refused.append(InconsistentObject("action", f"action {action.name}", str(why), written))
    return actions, refused


def track_action(action: Action, types: CustomTypes, environment: Mapping[str, str]) -> TrackedAction:
    """The action with its handler URL and headers resolved.

    Raises:
        Inconsistency: an unset variable, or a type nobody declared.
    """
    inputs = _BUILT_IN | POSTGRES_SCALARS | {t.name for t in (*types.scalars, *types.enums, *types.input_objects)}
    outputs = _BUILT_IN | POSTGRES_SCALARS | {t.name for t in (*types.scalars, *types.enums, *types.objects)}
    for argument in action.definition.arguments:
        if named_type(argument.type) not in inputs:
            raise Inconsistency(f'the type: "{named_type(argument.type)}" is not defined in custom types')
    if named_type(action.definition.output_type) not in outputs:
        raise Inconsistency(f'the type: "{named_type(action.definition.output_type)}" is not an object type')
    headers = tuple(_header(header, environment) for header in action.definition.headers)
    output = expected_output(type_node(action.definition.output_type), types)
    return TrackedAction(action, _resolved(action.definition.handler, environment), headers, output)


def check_custom_types(types: CustomTypes, tables: Mapping[QualifiedName, TrackedTable]) -> None:
    """Refuse custom types that name unknown types or tables.

    Raises:
        Inconsistency: with everything that is wrong, in one sentence.
    """
    reasons = list(_complaints(types, tables))
    if reasons:
        joined = "; ".join(reasons)
        raise Inconsistency(f"Inconsistent object: validation for the given custom types failed because {joined}")


def _complaints(types: CustomTypes, tables: Mapping[QualifiedName, TrackedTable]) -> Iterator[str]:
    leaves = _BUILT_IN | POSTGRES_SCALARS | {t.name for t in (*types.scalars, *types.enums)}
    inputs = leaves | {t.name for t in types.input_objects}
    outputs = leaves | {t.name for t in types.objects}
    for group, allowed in ((types.input_objects, inputs), (types.objects, outputs)):
        for owner in group:
            for field in owner.fields:
                if named_type(field.type) not in allowed:
                    unknown = named_type(field.type)
                    yield f'the type "{unknown}" for field "{field.name}" in object type "{owner.name}" is not defined'
    for owner in types.objects:
        yield from _relationship_complaints(owner, tables)


def _relationship_complaints(owner: CustomObject, tables: Mapping[QualifiedName, TrackedTable]) -> Iterator[str]:
    written = {field.name: field.type for field in owner.fields}
    for relationship in owner.relationships or ():
        where = f'relationship "{relationship.name}" in object type "{owner.name}"'
        target = tables.get(relationship.remote_table)
        if target is None:
            yield f'the remote table "{relationship.remote_table.display}" for {where} does not exist'
            continue
        for mine, theirs in relationship.field_mapping.items():
            if mine not in written:
                yield f'the object field "{mine}" for {where} does not exist'
            elif "[" in written[mine]:
                yield f'the type of the field "{mine}" for {where} is a list type'
            if theirs not in target.columns:
                yield f'the column "{theirs}" of remote table "{target.name.display}" for {where} does not exist'


def type_node(written: str) -> TypeNode:
    """The parsed form of a type such as `[uuid!]!`.

    Raises:
        Inconsistency: if it is no type.
    """
    try:
        return parse_type(written, no_location=True)
    except GraphQLSyntaxError:
        raise Inconsistency(f'not a valid GraphQL type: "{written}"') from None


def named_type(written: str) -> str:
    """The name inside a type's lists and exclamation marks."""
    node = type_node(written)
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return node.name.value if isinstance(node, NamedTypeNode) else ""


def _resolved(handler: str, environment: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in environment:
            raise Inconsistency(f"Value for environment variables not found: {match[1]}")
        return environment[match[1]]

    return _TEMPLATE.sub(value, handler)


def _header(header: ActionHeader, environment: Mapping[str, str]) -> tuple[str, str]:
    if header.value is not None:
        return header.name, _resolved(header.value, environment)
    variable = header.value_from_env or ""
    if variable.startswith("HASURA_GRAPHQL_"):
        raise Inconsistency(
            f'env variables starting with "HASURA_GRAPHQL_" are not allowed in value_from_env: {variable}'
        )
    if variable not in environment:
        raise Inconsistency(f"environment variable '{variable}' not set")
    return header.name, environment[variable]
