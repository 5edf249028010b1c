"""What others learn about a stack from outside: a record that its supervisor keeps up to date in the stack's folder."""

import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entrypoints.stack.home import Home, write_private

_POLL_S = 0.05


class Record:
    """The supervisor's pen; only the folder's owner may read what it writes, since credentials are among it."""

    def __init__(self, home: Home) -> None:
        self._file = home.folder / "stack.json"
        self.remove()

    def write(self, content: Mapping[str, Any]) -> None:
        """Replace what was written before."""
        write_private(self._file, content)

    def remove(self) -> None:
        """Take the record away; safe to repeat."""
        self._file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Running:
    """A stack seen from outside."""

    pid: int
    started_at: float
    serving: bool
    parts: list[dict[str, Any]]
    description: dict[str, Any] | None
    """What `up --json` prints; None until every part serves."""


def find(home: Home) -> Running | None:
    """The stack that runs in this folder; None if there is none, or none that has begun to write its record."""
    if not home.is_held():
        return None
    try:
        return Running(**json.loads((home.folder / "stack.json").read_text()))
    except FileNotFoundError:
        return None


def stop(home: Home, *, within_s: float) -> bool:
    """Ask the folder's stack to end and wait until all of it has; whether there was one.

    Raises:
        TimeoutError: if it has not ended in time.
    """
    if not home.is_held():
        return False
    deadline = time.monotonic() + within_s
    asked = False
    while home.is_held():
        stack = find(home)
        if stack and not asked:
            asked = _terminate(stack.pid)
        if time.monotonic() > deadline:
            raise TimeoutError(f"The stack in {home.folder} has not ended within {within_s:.0f} s.")
        time.sleep(_POLL_S)
    return True


def _terminate(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        # The supervisor was killed; its guard holds the folder until it has ended what is left.
        return True
    return True
