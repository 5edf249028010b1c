"""Waiting for something to become true, with a limit, instead of sleeping."""

import asyncio
import inspect
import socket
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

T = TypeVar("T")

_POLL_S = 0.02


async def until(condition: Callable[[], T | Awaitable[T]], *, within_s: float, what: str = "the condition") -> T:
    """The first true value of `condition`, asked again and again.

    Raises:
        AssertionError: naming `what`, if it stays false for `within_s` seconds.
    """
    deadline = time.monotonic() + within_s
    while True:
        answer = condition()
        value = cast("T", await answer) if inspect.isawaitable(answer) else cast("T", answer)
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {within_s} s (last: {value!r})")
        await asyncio.sleep(_POLL_S)


def free_port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
