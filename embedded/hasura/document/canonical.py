"""Parts of documents in a form in which equal ones are equal, whatever the order of what has none."""

from collections.abc import Iterable

from graphql import (
    ArgumentNode,
    DirectiveNode,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    print_ast,
)

Canonical = tuple[object, ...]


def canonical_value(node: ValueNode) -> Canonical:
    """A value; the fields of objects have no order."""
    match node:
        case ObjectValueNode():
            return ("object", frozenset((entry.name.value, canonical_value(entry.value)) for entry in node.fields))
        case ListValueNode():
            return ("list", tuple(canonical_value(item) for item in node.values))
        case VariableNode():
            return ("variable", node.name.value)
        case _:
            return (node.kind, print_ast(node))


def canonical_arguments(arguments: Iterable[ArgumentNode] | None) -> Canonical:
    """Arguments, which have no order."""
    return ("arguments", frozenset((one.name.value, canonical_value(one.value)) for one in arguments or ()))


def canonical_directives(directives: Iterable[DirectiveNode] | None) -> Canonical:
    """Directives, in their order."""
    return tuple((one.name.value, canonical_arguments(one.arguments)) for one in directives or ())
