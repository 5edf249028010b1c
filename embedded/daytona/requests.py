"""Reading what a client sent, strictly: a field of another type is refused by name."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

from starlette.requests import Request

from embedded.daytona.refusals import bad_request

T = TypeVar("T")

# Commands are sent in JSON; files are not.
BODY_BYTES_MAX = 16 * 1024 * 1024

JsonObject = dict[str, Any]


class ClientLeft(Exception):  # noqa: N818  - an outcome, named as one
    """The client hung up before its answer was ready."""


async def body_of(request: Request) -> JsonObject:
    """The JSON object in the body.

    Raises:
        Refusal: if there is none or it is too large.
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > BODY_BYTES_MAX:
            raise bad_request(f"the body is larger than {BODY_BYTES_MAX} bytes")
    try:
        value: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise bad_request("the body is not JSON") from error
    if not isinstance(value, dict):
        raise bad_request("the body is not a JSON object")
    return cast("JsonObject", value)


def text(body: JsonObject, name: str) -> str:
    """A field that must be there.

    Raises:
        Refusal: if it is not, or is no text.
    """
    value = optional(body, name, str)
    if value is None:
        raise bad_request(f"{name} is required")
    return value


def optional(body: JsonObject, name: str, kind: type[T]) -> T | None:
    """A field of the given type, or None where it is absent or null.

    Raises:
        Refusal: if it is of another type.
    """
    value: Any = body.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise bad_request(f"{name} must be of type {kind.__name__}")
    return value


def texts(body: JsonObject, name: str) -> dict[str, str]:
    """An object whose values are all texts; empty where it is absent.

    Raises:
        Refusal: if it is anything else.
    """
    found = cast("JsonObject", optional(body, name, dict) or {})
    for key, value in found.items():
        if not isinstance(value, str):
            raise bad_request(f"{name}.{key} must be text")
    return cast("dict[str, str]", found)


def text_list(body: JsonObject, name: str) -> list[str]:
    """A list of texts; empty where it is absent.

    Raises:
        Refusal: if it is anything else.
    """
    found = cast("list[Any]", optional(body, name, list) or [])
    for value in found:
        if not isinstance(value, str):
            raise bad_request(f"{name} must hold texts only")
    return cast("list[str]", found)


def query(request: Request, name: str) -> str:
    """A query parameter that must be there.

    Raises:
        Refusal: if it is not.
    """
    if (value := request.query_params.get(name)) is None:
        raise bad_request(f"the query parameter {name} is required")
    return value


def whole_number(value: str, name: str) -> int:
    """The number that `value` spells.

    Raises:
        Refusal: if it spells none.
    """
    try:
        return int(value)
    except ValueError as error:
        raise bad_request(f"{name} must be a whole number") from error


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What `work` returns; the work is cancelled when the client hangs up. Call after the body was read.

    Raises:
        ClientLeft: if the client hung up first.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientLeft
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):  # the result was taken above
                await task


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
