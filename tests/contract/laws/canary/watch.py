"""Who runs while the paths are played: arguments and environments of processes, looked at all the time."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

_EVERY_S = 0.03
_RUNTIME = b"entrypoints.runtime"
# How the runtime tells git a credential; a git that has lost its parent by a kill is known by it.
_GIT = (b"git", b"/usr/lib/git-core/")
_TOLD_TO_GIT = b"FO_GIT_PASSWORD="


@dataclass
class Watch:
    """Every process of the machine, as often as twice in the life of the shortest that matter.

    The execution runtime and what it starts are told secrets by their environment, so theirs is not kept.
    """

    arguments: set[tuple[int, bytes]] = field(default_factory=set)
    environments: set[tuple[int, bytes, bytes]] = field(default_factory=set)
    _runtimes: set[int] = field(default_factory=set)
    _ended: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._look_until_ended)
        self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()

    def look(self) -> None:
        """Look once."""
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                self._look_at(int(folder.name))

    def _look_until_ended(self) -> None:
        while not self._ended.wait(_EVERY_S):
            self.look()

    def _look_at(self, pid: int) -> None:
        folder = Path("/proc") / str(pid)
        try:
            line = (folder / "cmdline").read_bytes()
            if not line or (pid, line) in self.arguments:
                return
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            environment = (folder / "environ").read_bytes()
        except (OSError, IndexError):
            # It has ended, or is not ours to look into.
            return
        self.arguments.add((pid, line))
        if _RUNTIME in line or parent in self._runtimes:
            self._runtimes.add(pid)
        elif pid != os.getpid() and not (
            line.startswith((b"git", b"/usr/lib/git-core/")) and _TOLD_TO_GIT in environment
        ):
            self.environments.add((pid, line, environment))
