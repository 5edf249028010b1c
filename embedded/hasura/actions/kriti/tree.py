"""A template as a tree; each node knows where it stands."""

from dataclasses import dataclass
from typing import Any, Literal

from embedded.hasura.actions.kriti.errors import Span

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "in"]


@dataclass(frozen=True)
class Constant:
    """A JSON scalar."""

    value: Any
    span: Span


@dataclass(frozen=True)
class Interpolated:
    """A string with expressions in it."""

    parts: "tuple[str | Node, ...]"
    span: Span


@dataclass(frozen=True)
class Items:
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True)
class Members:
    """An object."""

    members: "tuple[tuple[str, Node], ...]"
    span: Span


@dataclass(frozen=True)
class Variable:
    """A variable, such as `$body`."""

    name: str
    span: Span


@dataclass(frozen=True)
class Step:
    """A step of a path: by name or by what an expression says; an optional one gives null for what is not there."""

    key: "str | Node"
    optional: bool
    span: Span


@dataclass(frozen=True)
class Path:
    """What lies at the end of some steps."""

    base: "Node"
    steps: tuple[Step, ...]
    span: Span


@dataclass(frozen=True)
class Called:
    """A function's value."""

    function: str
    argument: "Node"
    span: Span


@dataclass(frozen=True)
class Operation:
    """Two values and what is between them."""

    operator: Operator
    left: "Node"
    right: "Node"
    span: Span


@dataclass(frozen=True)
class Choice:
    """The value after the first condition that is true."""

    cases: "tuple[tuple[Node, Node], ...]"
    otherwise: "Node"
    span: Span


@dataclass(frozen=True)
class Loop:
    """A list with a value for each item of another."""

    index: str | None
    item: str
    over: "Node"
    body: "Node"
    span: Span


Node = Constant | Interpolated | Items | Members | Variable | Path | Called | Operation | Choice | Loop
