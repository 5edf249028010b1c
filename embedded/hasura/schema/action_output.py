"""What a handler's answer must look like at its top level, read from the output type once and not with every call."""

from dataclasses import dataclass
from typing import Literal

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode

from embedded.hasura.metadata.actions import CustomTypes

# The scalars that GraphQL itself has; all others, and enums, take any JSON.
BUILT_IN = frozenset({"Int", "Float", "String", "Boolean", "ID"})


@dataclass(frozen=True)
class NamedOutput:
    """A value of a named type; `required` are the fields of an object that must be there and not be null."""

    name: str
    nullable: bool
    kind: Literal["object", "scalar", "anything"]
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListOutput:
    """A list of values."""

    item: "ExpectedOutput"
    nullable: bool


ExpectedOutput = NamedOutput | ListOutput


def expected_output(node: TypeNode, types: CustomTypes, *, nullable: bool = True) -> ExpectedOutput:
    """What is expected of answers of a type."""
    match node:
        case NonNullTypeNode(type=inner):
            return expected_output(inner, types, nullable=False)
        case ListTypeNode(type=item):
            return ListOutput(expected_output(item, types), nullable)
        case NamedTypeNode():
            return _named(node.name.value, types, nullable=nullable)
        case _:
            raise TypeError(node.kind)


def _named(name: str, types: CustomTypes, *, nullable: bool) -> NamedOutput:
    if name in BUILT_IN:
        return NamedOutput(name, nullable, "scalar")
    for declared in types.objects:
        if declared.name == name:
            required = tuple(field.name for field in declared.fields if field.type.rstrip().endswith("!"))
            return NamedOutput(name, nullable, "object", required)
    return NamedOutput(name, nullable, "anything")
