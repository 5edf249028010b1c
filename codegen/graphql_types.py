"""Strawberry types from pydantic contracts."""

import types
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin
from uuid import UUID

import strawberry
from pydantic.fields import FieldInfo
from strawberry.types.scalar import ScalarDefinition

from contracts.base import Contract

Uuid = NewType("Uuid", str)
Jsonb = NewType("Jsonb", object)
Timestamptz = NewType("Timestamptz", str)

# Hasura knows Postgres' scalars by name; they are used here and declared nowhere.
POSTGRES_SCALARS: dict[object, ScalarDefinition] = {
    Uuid: strawberry.scalar(name="uuid", serialize=str, parse_value=str),
    Jsonb: strawberry.scalar(name="jsonb", serialize=lambda v: v, parse_value=lambda v: v),
    Timestamptz: strawberry.scalar(name="timestamptz", serialize=str, parse_value=str),
}

_PLAIN: dict[object, object] = {UUID: Uuid, datetime: Timestamptz, str: str, int: int, bool: bool, float: float}


class GraphqlTypes:
    """Strawberry types made on demand, one for each contract and direction."""

    def __init__(self) -> None:
        self._made: dict[tuple[type, bool], type] = {}
        self._enums: dict[type[Enum], type] = {}

    def of(self, contract: type[Contract], *, is_input: bool) -> type:
        """The strawberry type of a contract, as input or as output."""
        key = (contract, is_input)
        if key not in self._made:
            self._made[key] = self._make(contract, is_input=is_input)
        return self._made[key]

    def _make(self, contract: type[Contract], *, is_input: bool) -> type:
        namespace: dict[str, Any] = {"__annotations__": {}}
        for name, info in contract.model_fields.items():
            annotation = self._field(info, is_input=is_input)
            namespace["__annotations__"][name] = annotation
            default = {"default": strawberry.UNSET} if is_input and not info.is_required() else {}
            namespace[name] = strawberry.field(description=info.description, **default)
        made = type(contract.__name__, (), namespace)
        decorate = strawberry.input if is_input else strawberry.type
        return decorate(made, name=contract.__name__, description=_first_line(contract))

    def _field(self, info: FieldInfo, *, is_input: bool) -> Any:
        annotation = self._convert(info.annotation, is_input=is_input)
        # A default is the contract's business: for GraphQL such an input may be left out.
        return annotation | None if is_input and not info.is_required() else annotation

    def _convert(self, annotation: Any, *, is_input: bool) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._convert(arguments[0], is_input=is_input)
        if origin in (Union, types.UnionType):
            inner = [self._convert(a, is_input=is_input) for a in arguments if a is not type(None)]
            return inner[0] | None
        if origin in (tuple, list):
            return list[self._convert(arguments[0], is_input=is_input)]
        if origin is Literal:
            return str
        if origin is dict or annotation is Any:
            return Jsonb
        return self._named(annotation, is_input=is_input)

    def _named(self, annotation: Any, *, is_input: bool) -> Any:
        if annotation in _PLAIN:
            return _PLAIN[annotation]
        if issubclass(annotation, Contract):
            return self.of(annotation, is_input=is_input)
        if issubclass(annotation, Enum):
            if annotation not in self._enums:
                self._enums[annotation] = _enum(annotation)
            return self._enums[annotation]
        if issubclass(annotation, datetime):
            return Timestamptz
        raise TypeError(f"No GraphQL type is known for {annotation!r}.")


def _enum(annotation: type[Enum]) -> Any:
    # GraphQL's values are ours to the letter: lower case, as in SQL and JSON.
    values: list[tuple[str, str]] = [(str(member.value), str(member.value)) for member in annotation]
    mirrored: Any = Enum(annotation.__name__, values)
    return strawberry.enum(mirrored, description=_first_line(annotation))


def _first_line(documented: type) -> str | None:
    return (documented.__doc__ or "").strip().partition("\n")[0] or None
