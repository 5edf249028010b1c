"""A small process that outlives the supervisor by a moment and ends whatever the supervisor could not.

It reads lines from the supervisor: `+ group signal` and `- group`. When the pipe closes (the supervisor has ended, in
whatever way) it stops every group that is left, by force after a while, and removes the folder of a throw-away stack.
Until then it holds the locks on the stack's folder and ports. It is run as a script with nothing but the standard
library, so that it costs little; `Guard` is the supervisor's end.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

_GRACE_S = 8.0
_POLL_S = 0.1


class Guard:
    """The supervisor's end of the pipe.

    `removes` is the folder of a throw-away stack, None for one that stays; `holds` are locked files that stay locked
    until the guard has done its work.
    """

    def __init__(self, *, removes: Path | None = None, holds: Sequence[int] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, *([str(removes)] if removes else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
            pass_fds=holds,
            start_new_session=True,
        )

    def add(self, group: int, stop_signal: int) -> None:
        """Remember a process group and the signal that stops it."""
        self._say(f"+ {group} {int(stop_signal)}\n")

    def remove(self, group: int) -> None:
        """Forget a process group: it has ended."""
        self._say(f"- {group}\n")

    def dismiss(self) -> None:
        """Close the pipe and wait for the guard to go; it ends what is left, which should be nothing."""
        pipe = self._pipe()
        if not pipe.closed:
            pipe.close()
        self._process.wait()

    def _say(self, line: str) -> None:
        try:
            self._pipe().write(line.encode())
            self._pipe().flush()
        except BrokenPipeError:
            # Somebody ended the guard; the kernel's own signal to the children remains.
            return

    def _pipe(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101  - asked for above
        return self._process.stdin


def main() -> None:
    """Remember groups until the pipe closes, then end those that are left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    groups: dict[int, int] = {}
    for line in sys.stdin:
        match line.split():
            case ["+", group, number]:
                groups[int(group)] = int(number)
            case ["-", group]:
                groups.pop(int(group), None)
            case _:
                continue
    _end(groups)
    if len(sys.argv) > 1:
        shutil.rmtree(sys.argv[1], ignore_errors=True)


def _end(groups: dict[int, int]) -> None:
    # The newest first: they lean on the older ones.
    for group, number in reversed(groups.items()):
        _signal(group, number)
    deadline = time.monotonic() + _GRACE_S
    while any(_lives(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(_POLL_S)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _lives(group: int) -> bool:
    # A leader that has ended but that nobody has buried yet is dead as well; not every container has an undertaker.
    try:
        return Path(f"/proc/{group}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _signal(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


if __name__ == "__main__":
    main()
