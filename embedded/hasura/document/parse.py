"""Parse the text of a request and choose the operation to run."""

from dataclasses import dataclass

from graphql import (
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from embedded.hasura.errors import invalid

_TOKENS_MAX = 15_000


@dataclass(frozen=True)
class Document:
    """A parsed request: the chosen operation and the fragments it may use."""

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]

    @property
    def kind(self) -> str:
        """`query`, `mutation` or `subscription`."""
        return self.operation.operation.value


def parse_document(text: str, operation_name: str | None) -> Document:
    """The operation `operation_name` of the text, or its only one.

    Raises:
        EngineError: validation-failed, in Hasura's words.
    """
    try:
        parsed = parse(text, no_location=True, max_tokens=_TOKENS_MAX)
    except GraphQLSyntaxError:
        raise invalid("not a valid graphql query", "$.query") from None
    except RecursionError:
        raise invalid("the query is nested too deeply", "$.query") from None
    operations: list[OperationDefinitionNode] = []
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in parsed.definitions:
        match definition:
            case OperationDefinitionNode():
                operations.append(definition)
            case FragmentDefinitionNode():
                fragments[definition.name.value] = definition
            case _:
                raise invalid("not a valid graphql query", "$.query")
    return Document(_chosen(operations, operation_name), fragments)


def _chosen(operations: list[OperationDefinitionNode], name: str | None) -> OperationDefinitionNode:
    if not name:
        if len(operations) != 1:
            raise invalid("exactly one operation has to be present in the document when operationName is not specified")
        return operations[0]
    for operation in operations:
        if operation.name is not None and operation.name.value == name:
            return operation
    raise invalid(f'no such operation found in the document: "{name}"')


def refuse_cycles(fragments: dict[str, FragmentDefinitionNode]) -> None:
    """Refuse fragments that lead back to themselves.

    Raises:
        EngineError: naming the fragments of the cycle.
    """
    done: set[str] = set()
    for name in fragments:
        _visit(name, fragments, [], done)


def _visit(name: str, fragments: dict[str, FragmentDefinitionNode], trail: list[str], done: set[str]) -> None:
    if name in trail:
        cycle = trail[trail.index(name) :]
        raise invalid(f"the fragment definition(s) {_joined(cycle)} form a cycle")
    if name in done or name not in fragments:
        return
    trail.append(name)
    for spread in _spreads(fragments[name].selection_set):
        _visit(spread, fragments, trail, done)
    trail.pop()
    done.add(name)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def _spreads(selection_set: SelectionSetNode) -> list[str]:
    found: list[str] = []
    for selection in selection_set.selections:
        if isinstance(selection, FragmentSpreadNode):
            found.append(selection.name.value)
            continue
        inner: SelectionSetNode | None = getattr(selection, "selection_set", None)
        if inner is not None:
            found.extend(_spreads(inner))
    return found
