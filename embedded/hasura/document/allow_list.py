"""The queries that roles other than admin may send, where only such are allowed.

Two documents count as one if their operations are the same apart from white space, `__typename`, fragments in place of
what they stand for, and the order of arguments. They are compared by digests, so a long list costs nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    print_ast,
)

from embedded.hasura.document.canonical import canonical_arguments, canonical_directives, canonical_value
from embedded.hasura.document.parse import Definitions, definitions
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.tracked import ADMIN

_REASON = {"message": "query is not in any of the allowlists"}

Entries = Sequence[Mapping[str, Any]]


class AllowList:
    """What may be asked by everyone, and what by some roles."""

    def __init__(self, collections: Entries, entries: Entries) -> None:
        """From the metadata's query collections and allow list."""
        queries = {str(one.get("name")): frozenset(_digests(one)) for one in collections}
        self._by_everyone: set[str] = set()
        self._by_role: dict[str, set[str]] = {}
        for entry in entries:
            allowed = queries.get(str(entry.get("collection")), frozenset())
            scope = cast("Mapping[str, Any]", entry.get("scope") or {"global": True})
            if scope.get("global"):
                self._by_everyone |= allowed
            for role in cast("list[str]", scope.get("roles") or []):
                self._by_role.setdefault(role, set()).update(allowed)

    def require(self, found: Definitions, role: str) -> None:
        """Refuse what the role may not send.

        Raises:
            EngineError: validation-failed.
        """
        if role == ADMIN:
            return
        digest = _digest(found)
        if digest not in self._by_everyone and digest not in self._by_role.get(role, ()):
            raise EngineError("validation-failed", "query is not allowed", internal=_REASON)


def _digests(collection: Mapping[str, Any]) -> Iterable[str]:
    definition = cast("Mapping[str, Any]", collection.get("definition") or {})
    for entry in cast("Entries", definition.get("queries") or []):
        try:
            yield _digest(definitions(str(entry.get("query"))))
        except EngineError:
            # A query that is none allows nothing.
            continue


def _digest(found: Definitions) -> str:
    canonical = _Canonical({fragment.name.value: fragment for fragment in found.fragments})
    return _hashed("\n".join(canonical.operation(operation) for operation in found.operations))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class _Canonical:
    """Operations as text; a fragment is a digest, made once however often it is spread."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._digests: dict[str, str] = {}

    def operation(self, operation: OperationDefinitionNode) -> str:
        name = operation.name.value if operation.name else ""
        variables = ",".join(_variable(one) for one in operation.variable_definitions or ())
        head = f"{operation.operation.value} {name}({variables}){canonical_directives(operation.directives)}"
        return f"{head}{self._selections(operation.selection_set)}"

    def _selections(self, selection_set: SelectionSetNode | None) -> str:
        if selection_set is None:
            return ""
        parts = [self._selection(selection) for selection in selection_set.selections]
        return "{" + _hashed(";".join(part for part in parts if part is not None)) + "}"

    def _selection(self, selection: SelectionNode) -> str | None:
        directives = canonical_directives(selection.directives)
        match selection:
            case FieldNode():
                name = selection.name.value
                if name == "__typename":
                    return None
                key = selection.alias.value if selection.alias else name
                arguments = canonical_arguments(selection.arguments)
                return f"{key}:{name}{arguments}{directives}{self._selections(selection.selection_set)}"
            case InlineFragmentNode():
                condition = selection.type_condition.name.value if selection.type_condition else ""
                return f"...{condition}{directives}{self._selections(selection.selection_set)}"
            case FragmentSpreadNode():
                fragment = self._fragments.get(selection.name.value)
                if fragment is None:
                    return f"...?{selection.name.value}"
                condition = fragment.type_condition.name.value
                return f"...{condition}{directives}{self._fragment(selection.name.value, fragment)}"
            case _:
                raise TypeError(selection.kind)

    def _fragment(self, name: str, fragment: FragmentDefinitionNode) -> str:
        if name not in self._digests:
            # A fragment that leads back to itself is compared by its name; such a query is refused anyway.
            self._digests[name] = f"?{name}"
            self._digests[name] = self._selections(fragment.selection_set)
        return self._digests[name]


def _variable(definition: VariableDefinitionNode) -> str:
    default = "" if definition.default_value is None else "=" + canonical_value(definition.default_value)
    return f"{definition.variable.name.value}:{print_ast(definition.type)}{default}"
