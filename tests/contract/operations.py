"""The clients' operations held against what each role may see, as functions from a folder to what is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    Visitor,
    build_schema,
    parse,
    validate,
    visit,
)

from contracts.base import Action

_ROLES = re.compile(r"# roles: ([a-z]+(?:, [a-z]+)*)$")


@dataclass(frozen=True)
class Operation:
    """One operation, where it stands, and for whom it is; no roles: the line that says so is missing."""

    file: str
    line: int
    roles: tuple[str, ...]
    definition: OperationDefinitionNode

    @property
    def name(self) -> str:
        return self.definition.name.value if self.definition.name else "(without a name)"

    @property
    def fields(self) -> list[str]:
        """The fields of the root that it asks for."""
        return [one.name.value for one in self.definition.selection_set.selections if isinstance(one, FieldNode)]

    def at(self, remedy: str) -> str:
        return f"{self.file}:{self.line}: {self.name} {remedy}"


@dataclass(frozen=True)
class Operations:
    """Everything in a folder of `.graphql` files."""

    operations: tuple[Operation, ...]
    fragments: dict[str, FragmentDefinitionNode]

    @classmethod
    def of(cls, folder: Path) -> "Operations":
        operations: list[Operation] = []
        fragments: dict[str, FragmentDefinitionNode] = {}
        for file in sorted(folder.glob("*.graphql")):
            lines = file.read_text().splitlines()
            for definition in parse(file.read_text()).definitions:
                if isinstance(definition, FragmentDefinitionNode):
                    fragments[definition.name.value] = definition
                elif isinstance(definition, OperationDefinitionNode):
                    line = definition.loc.start_token.line if definition.loc else 1
                    operations.append(Operation(file.name, line, _roles(lines[line - 2]), definition))
        return cls(tuple(operations), fragments)

    def document(self, operation: Operation) -> DocumentNode:
        """The operation with every fragment that it spreads, as it is sent."""
        spread: dict[str, FragmentDefinitionNode] = {}
        waiting: list[Node] = [operation.definition]
        while waiting:
            for name in _spreads(waiting.pop()):
                if name in self.fragments and name not in spread:
                    spread[name] = self.fragments[name]
                    waiting.append(spread[name])
        return DocumentNode(definitions=(operation.definition, *spread.values()))


def misfits(operations: Operations, schemas: Path) -> Iterator[str]:
    """Operations that a role they are meant for cannot send."""
    for operation in operations.operations:
        if not operation.roles:
            yield operation.at("does not say for whom it is: put `# roles: …` above it")
        for role in operation.roles:
            file = schemas / f"{role}.graphql"
            if not file.exists():
                yield operation.at(f"is for the role {role}, which has no schema: name roles of codegen/schema")
                continue
            for error in validate(schema_of(file), operations.document(operation)):
                why = f"cannot be sent as {role}: {error.message}"
                yield operation.at(f"{why} Take {role} out of `# roles:`, or grant it in hasura/metadata")


def unmatched(operations: Operations, actions: Iterable[Action]) -> Iterator[str]:
    """Actions that no operation calls, or one for other roles than may."""
    by_field = {field: operation for operation in operations.operations for field in operation.fields}
    for action in actions:
        operation = by_field.get(action.name)
        wanted = tuple(role.value for role in action.roles) or (Action.PLATFORM,)
        if operation is None:
            yield f"{action.name}: no operation calls it: write one in codegen/operations and run `make codegen`"
        elif sorted(operation.roles) != sorted(wanted):
            yield operation.at(f"is for other roles than its action: write `# roles: {', '.join(wanted)}`")


@cache
def schema_of(file: Path) -> GraphQLSchema:
    """The schema in the file."""
    return build_schema(file.read_text(), assume_valid=True)


def _roles(line: str) -> tuple[str, ...]:
    found = _ROLES.match(line)
    return tuple(found[1].split(", ")) if found else ()


def _spreads(node: Node) -> list[str]:
    found: list[str] = []

    class Collect(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_: object) -> None:
            found.append(spread.name.value)

    visit(node, Collect())
    return found
