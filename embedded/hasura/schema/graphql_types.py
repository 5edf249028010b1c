"""Types as metadata writes them: GraphQL text such as `[uuid!]!`."""

from graphql import GraphQLSyntaxError, ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode, parse_type

from embedded.hasura.schema.tracked import Inconsistency


def type_node(written: str) -> TypeNode:
    """The parsed form of a type.

    Raises:
        Inconsistency: if it is no type.
    """
    try:
        return parse_type(written, no_location=True)
    except GraphQLSyntaxError:
        raise Inconsistency(f'not a valid GraphQL type: "{written}"') from None


def named_type(written: str) -> str:
    """The name inside a type's lists and exclamation marks.

    Raises:
        Inconsistency: if it is no type.
    """
    node = type_node(written)
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return node.name.value if isinstance(node, NamedTypeNode) else ""
