"""Join `actions.graphql` (arguments and types) with `actions.yaml` (handlers, permissions, relationships)."""

from typing import Any, cast

from graphql import (
    DefinitionNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLSyntaxError,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ScalarTypeDefinitionNode,
    StringValueNode,
    parse,
    print_ast,
)

from embedded.hasura.errors import EngineError

_ROOTS = {"Query": "query", "Mutation": "mutation"}

Written = dict[str, Any]


def joined_actions(sdl: str, written: Written) -> Written:
    """`actions` and `custom_types` in the JSON form of metadata.

    Raises:
        EngineError: parse-failed, if the SDL is no GraphQL or the YAML names an action the SDL lacks.
    """
    declared = _Declared()
    for definition in _definitions(sdl):
        declared.take(definition)
    actions = [_joined(action, declared.actions) for action in cast("list[Written]", written.get("actions") or [])]
    _annotate(declared.types, written.get("custom_types") or {})
    return {"actions": actions, "custom_types": declared.types}


def _definitions(sdl: str) -> tuple[DefinitionNode, ...]:
    if not sdl.strip():
        return ()
    try:
        return tuple(parse(sdl, no_location=True).definitions)
    except GraphQLSyntaxError as error:
        raise EngineError("parse-failed", f"actions.graphql: {error.message}") from None


class _Declared:
    """What the SDL declares: actions by name, and the custom types."""

    def __init__(self) -> None:
        self.actions: dict[str, Written] = {}
        self.types: dict[str, list[Written]] = {"input_objects": [], "objects": [], "scalars": [], "enums": []}

    def take(self, definition: DefinitionNode) -> None:
        """Note one definition."""
        match definition:
            case ObjectTypeDefinitionNode() | ObjectTypeExtensionNode() if definition.name.value in _ROOTS:
                for field in definition.fields or ():
                    self.actions[field.name.value] = _signature(field, _ROOTS[definition.name.value])
            case ObjectTypeDefinitionNode():
                self.types["objects"].append(_with_fields(definition))
            case InputObjectTypeDefinitionNode():
                self.types["input_objects"].append(_with_fields(definition))
            case ScalarTypeDefinitionNode():
                self.types["scalars"].append(_named(definition))
            case EnumTypeDefinitionNode():
                values = [_enum_value(value) for value in definition.values or ()]
                self.types["enums"].append({**_named(definition), "values": values})
            case _:
                raise EngineError("parse-failed", f"actions.graphql: unexpected {definition.kind}")


def _joined(action: Written, declared: dict[str, Written]) -> Written:
    name = str(action.get("name"))
    if name not in declared:
        raise EngineError("parse-failed", f"action {name} is in actions.yaml but not in actions.graphql")
    return {**action, "definition": {**cast("Written", action.get("definition") or {}), **declared[name]}}


def _annotate(types: dict[str, list[Written]], extra: dict[str, list[Written] | None]) -> None:
    """Add what only YAML can say of a custom type: its description and its relationships."""
    for group, entries in extra.items():
        by_name = {entry["name"]: entry for entry in types.get(group, [])}
        for entry in entries or []:
            if entry["name"] not in by_name:
                message = f"custom type {entry['name']} is in actions.yaml but not in actions.graphql"
                raise EngineError("parse-failed", message)
            wanted = {key: value for key, value in entry.items() if key in {"description", "relationships"}}
            by_name[entry["name"]].update(wanted)


def _signature(field: FieldDefinitionNode, kind: str) -> Written:
    arguments = [_typed(argument) for argument in field.arguments or ()]
    return {"type": kind, "arguments": arguments, "output_type": print_ast(field.type)}


def _with_fields(definition: ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode) -> Written:
    return {**_named(definition), "fields": [_typed(field) for field in definition.fields or ()]}


def _typed(field: FieldDefinitionNode | InputValueDefinitionNode) -> Written:
    return {**_named(field), "type": print_ast(field.type)}


def _enum_value(value: Any) -> Written:
    deprecated = any(directive.name.value == "deprecated" for directive in value.directives or ())
    described = _described({"value": value.name.value}, value.description)
    return {**described, "is_deprecated": True} if deprecated else described


def _named(node: Any) -> Written:
    return _described({"name": node.name.value}, node.description)


def _described(written: Written, description: StringValueNode | None) -> Written:
    return {**written, "description": description.value} if description is not None else written
