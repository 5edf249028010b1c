"""Resolve actions: handler URLs, headers from the environment, and the types they speak in."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from embedded.hasura.metadata.actions import TIMEOUT_DEFAULT_S, Action, ActionDefinition, ActionHeader, CustomTypes
from embedded.hasura.metadata.transforms import RequestTransform, ResponseTransform
from embedded.hasura.metadata.tree import Metadata
from embedded.hasura.schema.action_output import expected_output
from embedded.hasura.schema.custom_types import Tables, check_custom_types, custom_types_definition, known_scalars
from embedded.hasura.schema.graphql_types import named_type, type_node
from embedded.hasura.schema.tracked import Inconsistency, InconsistentObject, TrackedAction

_TEMPLATE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")

Actions = dict[str, TrackedAction]
Transform = TypeVar("Transform", RequestTransform, ResponseTransform)


def track_actions(
    metadata: Metadata, environment: Mapping[str, str], tables: Tables
) -> tuple[Actions, list[InconsistentObject]]:
    """The actions that can be called, by name, and what is wrong with the others."""
    refused: list[InconsistentObject] = []
    try:
        check_custom_types(metadata.custom_types, tables)
    except Inconsistency as why:
        written = custom_types_definition(metadata.custom_types)
        refused.append(InconsistentObject("custom_types", "custom_types custom_types", str(why), written))
        refused += [_refused(action, "custom types are inconsistent") for action in metadata.actions]
        return {}, refused
    scalars, actions = known_scalars(tables), Actions()
    for action in metadata.actions:
        try:
            actions[action.name] = track_action(action, metadata.custom_types, environment, scalars)
        except Inconsistency as why:
            refused.append(_refused(action, str(why)))
    return actions, refused


def _refused(action: Action, why: str) -> InconsistentObject:
    reason = f'Inconsistent object: in action "{action.name}"; {why}'
    return InconsistentObject("action", f"action {action.name}", reason, action_definition(action))


def track_action(
    action: Action, types: CustomTypes, environment: Mapping[str, str], scalars: frozenset[str]
) -> TrackedAction:
    """The action with its handler URL and headers resolved.

    Raises:
        Inconsistency: an unset variable, or a type nobody declared.
    """
    definition = action.definition
    leaves = scalars | {declared.name for declared in (*types.scalars, *types.enums)}
    inputs = leaves | {declared.name for declared in types.input_objects}
    for argument in definition.arguments:
        if (name := named_type(argument.type)) not in inputs:
            message = f'the type: "{name}" is not defined in custom types or it is not a scalar/enum/input_object'
            raise Inconsistency(message)
    if (name := named_type(definition.output_type)) not in leaves | {declared.name for declared in types.objects}:
        raise Inconsistency(f'the type: "{name}" is not an object or scalar type defined in custom types')
    _refuse_relationships(definition, types)
    headers = tuple(_header(header, environment) for header in definition.headers)
    output = expected_output(type_node(definition.output_type), types)
    url = resolved(definition.handler, environment)
    request = _transform(RequestTransform, definition.request_transform)
    response = _transform(ResponseTransform, definition.response_transform)
    return TrackedAction(action, url, headers, output, request, response)


def _transform(model: type[Transform], written: object) -> Transform | None:
    if written is None:
        return None
    try:
        return model.model_validate(written)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Inconsistency(f"parsing {model.__name__} failed at {where}: {first['msg']}") from None


def _refuse_relationships(definition: ActionDefinition, types: CustomTypes) -> None:
    """Refuse relationships that could not be joined to a record of the answer."""
    objects = {declared.name: declared for declared in types.objects}
    output = objects.get(named_type(definition.output_type))
    if output is None or not output.relationships:
        return
    nested = [field.name for field in output.fields if named_type(field.type) in objects]
    if definition.asynchronous and nested:
        shown = ", ".join(f'"{name}"' for name in nested)
        raise Inconsistency(f"Async action relations cannot be used with object fields: {shown}")
    through = [one.name for one in output.relationships if set(one.field_mapping) & set(nested)]
    if through:
        shown = ", ".join(f'"{name}"' for name in through)
        raise Inconsistency(f"Relationships cannot be defined with nested object fields: {shown}")


def action_definition(action: Action) -> dict[str, Any]:
    """An action as a list of inconsistent objects shows it: whole, with its defaults."""
    definition = action.definition
    written = {
        "kind": definition.kind or "synchronous",
        "type": definition.type,
        "handler": definition.handler,
        "arguments": [argument.model_dump() for argument in definition.arguments],
        "output_type": definition.output_type,
        "headers": [header.model_dump(exclude_none=True) for header in definition.headers],
        "forward_client_headers": definition.forward_client_headers,
        "timeout": definition.timeout or TIMEOUT_DEFAULT_S,
    }
    if definition.type == "query":
        del written["kind"]
    transforms = definition.model_dump(include={"request_transform", "response_transform"}, exclude_none=True)
    return {"name": action.name, "definition": {**written, **transforms}, "comment": action.comment}


def resolved(template: str, environment: Mapping[str, str]) -> str:
    """The text with every `{{VARIABLE}}` replaced by the variable's value.

    Raises:
        Inconsistency: naming all variables that are not set.
    """
    missing = [name for name in _TEMPLATE.findall(template) if name not in environment]
    if missing:
        raise Inconsistency(f"Value for environment variables not found: {', '.join(missing)}")
    return _TEMPLATE.sub(lambda match: environment[match[1]], template)


def _header(header: ActionHeader, environment: Mapping[str, str]) -> tuple[str, str]:
    if header.value is not None:
        return header.name, resolved(header.value, environment)
    variable = header.value_from_env or ""
    if variable.startswith("HASURA_GRAPHQL_"):
        raise Inconsistency(
            f'env variables starting with "HASURA_GRAPHQL_" are not allowed in value_from_env: {variable}'
        )
    if variable not in environment:
        raise Inconsistency(f"environment variable '{variable}' not set")
    return header.name, environment[variable]
