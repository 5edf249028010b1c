"""Introspection as a step of a request: computed once, beside the event loop, so that nobody else waits for it."""

import asyncio
from typing import Any

from embedded.hasura.document.tree import Chosen, FromVariable, InputValue, Scalar, Selected
from embedded.hasura.document.variables import Variables
from embedded.hasura.schema.introspection import Asked, introspected
from embedded.hasura.schema.role import RoleSchema


class Introspecting:
    """The introspection fields of one request, and their answers as soon as someone wanted them."""

    def __init__(self, schema: RoleSchema, asked: tuple[Asked, ...], *, timeout_ms: int) -> None:
        self._schema = schema
        self._asked = asked
        self._within_s = timeout_ms / 1000
        self._texts: dict[str, str] | None = None

    async def texts(self, one_at_a_time: asyncio.Semaphore) -> dict[str, str]:
        """The JSON text of each field by response key.

        Raises:
            EngineError: timeout or validation-failed, if it is too much.
        """
        if self._texts is None:
            async with one_at_a_time:
                if self._texts is None:
                    self._texts = await asyncio.to_thread(self._introspected)
        return self._texts

    def _introspected(self) -> dict[str, str]:
        # Types of its own: those of the role are made while requests are compiled, which goes on meanwhile.
        types = self._schema.anew().introspectable
        return introspected(types, self._asked, within_s=self._within_s)


def asked_for(selected: Selected, variables: Variables) -> Asked:
    """A validated introspection field with its variables filled in."""
    arguments = {name: _value(value, variables) for name, value in selected.arguments.items()}
    return Asked(
        key=selected.key,
        name=selected.name,
        type_name=selected.type_name,
        meaning=selected.meaning,
        arguments={name: value for name, value in arguments.items() if value is not None},
        selections=tuple(asked_for(inner, variables) for inner in selected.selections),
    )


def _value(value: InputValue, variables: Variables) -> Any:
    match value:
        case Scalar(written):
            return written
        case Chosen(name):
            return name
        case FromVariable(name):
            return variables.read_or_none(name)
        case _:
            return None
