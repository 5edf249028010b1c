"""Parse the text of a request and choose the operation to run."""

from dataclasses import dataclass

from graphql import (
    FragmentDefinitionNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
)

from embedded.hasura.errors import EngineError, invalid

_TOKENS_MAX = 15_000

TOO_DEEP = "the query is nested too deeply"


@dataclass(frozen=True)
class Document:
    """A parsed request: the chosen operation and the fragments it may use."""

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]

    @property
    def kind(self) -> str:
        """`query`, `mutation` or `subscription`."""
        return self.operation.operation.value


@dataclass(frozen=True)
class Definitions:
    """What a text holds, before an operation is chosen."""

    operations: tuple[OperationDefinitionNode, ...]
    fragments: tuple[FragmentDefinitionNode, ...]


def definitions(text: str, *, tokens_max: int = _TOKENS_MAX) -> Definitions:
    """The operations and fragments of a text.

    Raises:
        EngineError: validation-failed, if it is no GraphQL or too much of it.
    """
    try:
        parsed = parse(text, no_location=True, max_tokens=tokens_max, allow_empty_selection_sets=False)
    except GraphQLSyntaxError as error:
        raise invalid(_unparsed(error.message, tokens_max), "$.query") from None
    except RecursionError:
        raise invalid(TOO_DEEP, "$.query") from None
    operations: list[OperationDefinitionNode] = []
    fragments: list[FragmentDefinitionNode] = []
    for definition in parsed.definitions:
        match definition:
            case OperationDefinitionNode():
                operations.append(definition)
            case FragmentDefinitionNode():
                fragments.append(definition)
            case _:
                raise invalid("not a valid graphql query", "$.query")
    return Definitions(tuple(operations), tuple(fragments))


def _unparsed(message: str, tokens_max: int) -> str:
    if "nested too deeply" in message:
        return TOO_DEEP
    if "tokens" in message and "aborted" in message:
        return f"the query has more than {tokens_max} tokens"
    return "not a valid graphql query"


def chosen(found: Definitions, operation_name: str | None) -> Document:
    """The operation `operation_name`, or the only one.

    Raises:
        EngineError: validation-failed, in Hasura's words.
    """
    operation = _chosen(found.operations, operation_name)
    fragments: dict[str, FragmentDefinitionNode] = {}
    for fragment in found.fragments:
        name = fragment.name.value
        if name in fragments:
            raise EngineError("parse-failed", f'multiple definitions for fragment "{name}"')
        fragments[name] = fragment
    return Document(operation, fragments)


def _chosen(operations: tuple[OperationDefinitionNode, ...], name: str | None) -> OperationDefinitionNode:
    if not name:
        if len(operations) != 1:
            raise invalid("exactly one operation has to be present in the document when operationName is not specified")
        return operations[0]
    if any(_written_without_a_word(operation) for operation in operations):
        raise invalid("operationName cannot be used when an anonymous operation exists in the document")
    for operation in operations:
        if operation.name is not None and operation.name.value == name:
            return operation
    raise invalid(f'no such operation found in the document: "{name}"')


def _written_without_a_word(operation: OperationDefinitionNode) -> bool:
    # `query { … }` differs from `{ … }` for Hasura only here, and the parsed form of both is the same.
    return operation.name is None and operation.operation.value == "query" and not operation.variable_definitions
