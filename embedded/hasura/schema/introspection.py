"""Answer `__schema` and `__type` from a role's types, through graphql-core."""

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import graphql
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from embedded.hasura.errors import invalid

_FIELDS = {"__schema", "__type"}


def introspected(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: dict[str, FragmentDefinitionNode],
    variables: dict[str, Any],
) -> dict[str, str]:
    """The JSON text of each introspection field of an operation, by response key.

    Raises:
        EngineError: validation-failed, in graphql-core's words.
    """
    asked = tuple(_introspection_fields(operation.selection_set, fragments))
    cut = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=asked),
    )
    result = _executed(schema, DocumentNode(definitions=(cut, *fragments.values())), variables)
    if result.errors:
        raise invalid(result.errors[0].message)
    answers = result.data or {}
    return {key: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for key, value in answers.items()}


def _executed(schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any]) -> ExecutionResult:
    # graphql-core's signature mentions a type parameter that a strict checker cannot know.
    run = cast("Callable[..., ExecutionResult]", graphql.execute_sync)
    return run(schema, document, variable_values=variables)


def _introspection_fields(
    selection_set: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]
) -> Iterator[FieldNode]:
    """The introspection fields among root selections, fragments opened."""
    for selection in selection_set.selections:
        match selection:
            case FieldNode():
                if selection.name.value in _FIELDS:
                    yield selection
            case InlineFragmentNode():
                yield from _introspection_fields(selection.selection_set, fragments)
            case FragmentSpreadNode():
                fragment = fragments.get(selection.name.value)
                if fragment is not None:
                    yield from _introspection_fields(fragment.selection_set, fragments)
            case _:
                continue
