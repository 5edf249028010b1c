"""Parts of documents as text in which equal ones are equal, whatever the order of what has none."""

from collections.abc import Iterable

from graphql import (
    ArgumentNode,
    DirectiveNode,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    print_ast,
)


def canonical_value(node: ValueNode) -> str:
    """A value; the fields of objects have no order."""
    match node:
        case ObjectValueNode():
            return "{" + ",".join(sorted(f"{one.name.value}:{canonical_value(one.value)}" for one in node.fields)) + "}"
        case ListValueNode():
            return "[" + ",".join(canonical_value(item) for item in node.values) + "]"
        case _:
            return print_ast(node)


def canonical_arguments(arguments: Iterable[ArgumentNode] | None) -> str:
    """Arguments, which have no order."""
    return "(" + ",".join(sorted(f"{one.name.value}:{canonical_value(one.value)}" for one in arguments or ())) + ")"


def canonical_directives(directives: Iterable[DirectiveNode] | None) -> str:
    """Directives, in their order."""
    return "".join(f"@{one.name.value}{canonical_arguments(one.arguments)}" for one in directives or ())
