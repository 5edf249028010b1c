"""A request after validation: fields with their meanings, arguments as values that know where they were written."""

from dataclasses import dataclass
from typing import Any

from embedded.hasura.schema.meanings import FieldMeaning, InputMeaning


@dataclass(frozen=True)
class Null:
    """An explicit null."""

    path: str


@dataclass(frozen=True)
class Scalar:
    """A value written in the document, as JSON."""

    value: Any
    path: str


@dataclass(frozen=True)
class FromVariable:
    """A scalar, or a list of scalars, that a variable brings with every request anew."""

    name: str
    scalar: str
    is_list: bool
    path: str


@dataclass(frozen=True)
class Deferred:
    """An input object that a variable brings to an action: no plan depends on it, so it is read with every request."""

    name: str
    expected: Any
    path: str


@dataclass(frozen=True)
class Chosen:
    """An enum's value: `name` as written, `value` what it stands for."""

    name: str
    value: str
    path: str


@dataclass(frozen=True)
class Listed:
    """A list."""

    items: "tuple[InputValue, ...]"
    path: str


@dataclass(frozen=True)
class Entries:
    """An input object, in the order it was written."""

    members: "tuple[Member, ...]"
    path: str


@dataclass(frozen=True)
class Member:
    """One entry of an input object."""

    name: str
    meaning: InputMeaning
    value: "InputValue"


InputValue = Null | Scalar | FromVariable | Deferred | Chosen | Listed | Entries


@dataclass(frozen=True)
class Selected:
    """A field that is asked for: `key` in the answer, `name` in the schema."""

    key: str
    name: str
    meaning: FieldMeaning
    type_name: str
    arguments: dict[str, InputValue]
    selections: "tuple[Selected, ...]"
    path: str


@dataclass(frozen=True)
class Operation:
    """One validated operation."""

    kind: str
    fields: tuple[Selected, ...]
    root_type: str
