"""When a command in the foreground has to end: a signal, or the end of whoever started it."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class EndedEarlyError(Exception):
    """The command was told to end before it had done what it was started for."""


class Ending:
    """Whether the command may now end without that being a failure."""

    def __init__(self) -> None:
        self.is_due = False
        self.is_fine = False

    def all_serves(self) -> None:
        """From now on being told to end is the regular end."""
        self.is_fine = True


@asynccontextmanager
async def until_told_to_end(*, watch_parent: bool) -> AsyncGenerator[Ending]:
    """Cancel the block, once, when the process is told to end; the block's own cleaning up is never interrupted.

    Raises:
        EndedEarlyError: if it was told so before `all_serves` was called.
    """
    loop, task, ending = asyncio.get_running_loop(), asyncio.current_task(), Ending()

    def end() -> None:
        if not ending.is_due and task:
            ending.is_due = True
            task.cancel()

    for number in _SIGNALS:
        loop.add_signal_handler(number, end)
    unwatch = _watch_parent(loop, end) if watch_parent else None
    try:
        yield ending
    except asyncio.CancelledError:
        if not ending.is_due:
            raise
        if not ending.is_fine:
            raise EndedEarlyError from None
    finally:
        if unwatch:
            unwatch()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _watch_parent(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> Callable[[], None] | None:
    # A process id of 1 or 0 is the machine's or the container's own, or one outside it: nobody whose end means ours.
    parent = os.getppid()
    if parent <= 1:
        return None
    try:
        watched = os.pidfd_open(parent)
    except ProcessLookupError:
        end()
        return None
    if os.getppid() != parent:
        end()
    loop.add_reader(watched, lambda: (loop.remove_reader(watched), end()))

    def unwatch() -> None:
        loop.remove_reader(watched)
        with suppress(OSError):
            os.close(watched)

    return unwatch
