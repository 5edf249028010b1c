"""What an operation reaches through its fragments: which variables, and that no fragment leads back to itself.

Only what is reached counts: fragments that nothing uses may be wrong in any way, as in Hasura.
"""

from collections.abc import Iterable

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from embedded.hasura.document.parse import TOO_DEEP
from embedded.hasura.errors import invalid

Fragments = dict[str, FragmentDefinitionNode]


def variables_used(operation: OperationDefinitionNode, fragments: Fragments, *, depth_max: int) -> frozenset[str]:
    """The names of the variables an operation uses, itself or in a fragment.

    Raises:
        EngineError: validation-failed, for an unknown fragment, a cycle, or too many levels.
    """
    reach = _Reach(fragments, depth_max)
    reach.directives(operation.directives)
    reach.selections(operation.selection_set, "$", 0)
    return frozenset(reach.used)


class _Reach:
    def __init__(self, fragments: Fragments, depth_max: int) -> None:
        self.used: set[str] = set()
        self._fragments = fragments
        self._depth_max = depth_max
        self._trail: list[str] = []
        self._done: set[str] = set()

    def selections(self, selection_set: SelectionSetNode | None, path: str, depth: int) -> None:
        if selection_set is None:
            return
        if depth > self._depth_max:
            raise invalid(TOO_DEEP, path)
        for selection in selection_set.selections:
            self._selection(selection, path, depth)

    def _selection(self, selection: SelectionNode, path: str, depth: int) -> None:
        self.directives(selection.directives)
        match selection:
            case FieldNode():
                self._arguments(selection.arguments)
                self.selections(selection.selection_set, f"{path}.selectionSet.{selection.name.value}", depth + 1)
            case InlineFragmentNode():
                self.selections(selection.selection_set, path, depth + 1)
            case FragmentSpreadNode():
                self._spread(selection.name.value, f"{path}.selectionSet", depth)
            case _:
                raise TypeError(selection.kind)

    def _spread(self, name: str, path: str, depth: int) -> None:
        if name in self._done:
            return
        if name in self._trail:
            cycle = self._trail[self._trail.index(name) :]
            raise invalid(f"the fragment definition(s) {_joined(cycle)} form a cycle", path)
        fragment = self._fragments.get(name)
        if fragment is None:
            raise invalid(f'reference to undefined fragment "{name}"', path)
        self._trail.append(name)
        self.selections(fragment.selection_set, f"{path}.{name}", depth + 1)
        self._trail.pop()
        self._done.add(name)

    def directives(self, directives: Iterable[DirectiveNode] | None) -> None:
        for directive in directives or ():
            self._arguments(directive.arguments)

    def _arguments(self, arguments: Iterable[ArgumentNode] | None) -> None:
        for argument in arguments or ():
            self._value(argument.value)

    def _value(self, node: ValueNode) -> None:
        match node:
            case VariableNode():
                self.used.add(node.name.value)
            case ListValueNode():
                for item in node.values:
                    self._value(item)
            case ObjectValueNode():
                for entry in node.fields:
                    self._value(entry.value)
            case _:
                return


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
