"""Keeps one part alive: starts it, says when it serves, starts it again when it dies."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from entrypoints.stack.parts import Part, log_file
from entrypoints.stack.run import Run

FIRST_DELAY_S = 0.2
LONGEST_DELAY_S = 30.0
# A part that served this long has recovered: its next death starts the delays from the beginning.
STEADY_AFTER_S = 60.0
# Before a part has served for the first time, more deaths than this are a fault of the set-up, not bad luck.
START_TRIES_MAX = 3
_TAIL_LINES = 25


class Phase(StrEnum):
    """Where a part stands."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class PartState:
    """What `status` shows of a part; `pid` is None unless a process runs, `last_exit_code` until one has died."""

    name: str
    phase: Phase = Phase.WAITING
    pid: int | None = None
    restarts: int = 0
    last_exit_code: int | None = None
    start_duration_s: float | None = None


class PartFailedError(Exception):
    """A part did not come up; the message ends with its last words."""


class Guard(Protocol):
    """Whoever ends the processes if the supervisor cannot."""

    def add(self, group: int, stop_signal: int) -> None:
        """Remember a process group."""
        ...

    def remove(self, group: int) -> None:
        """Forget it: it has ended."""
        ...


def next_delay_s(last_delay_s: float, *, served_s: float) -> float:
    """How long to wait before the next start: twice as long each time, from the beginning after steady service."""
    if last_delay_s == 0 or served_s >= STEADY_AFTER_S:
        return FIRST_DELAY_S
    return min(last_delay_s * 2, LONGEST_DELAY_S)


class Keeper:
    """One part's life. `keep` runs until it is cancelled, and then leaves no process behind."""

    def __init__(self, part: Part, logs: Path, guard: Guard, report: Callable[[PartState], None]) -> None:
        self.part = part
        self.state = PartState(part.name)
        self.serves = asyncio.Event()
        self.answer = ""
        self._log = log_file(logs, part.name)
        self._guard = guard
        self._report = report
        self._began_at = 0.0

    async def keep(self) -> None:
        """Start the part and start it again whenever it dies; a one-shot part runs once.

        Raises:
            PartFailedError: if it dies several times before it ever served.
        """
        self._began_at = time.monotonic()
        tries, delay_s = 0, 0.0
        while True:
            served_s = await self._once()
            if self.state.phase == Phase.DONE:
                return
            tries += 1
            if not self.serves.is_set() and (self.part.one_shot or tries >= START_TRIES_MAX):
                self._now(phase=Phase.FAILED, pid=None)
                raise PartFailedError(self._obituary())
            self._now(phase=Phase.RESTARTING, pid=None, restarts=self.state.restarts + 1)
            delay_s = next_delay_s(delay_s, served_s=served_s)
            await asyncio.sleep(delay_s)

    def stopped(self) -> None:
        """Say that the part has been stopped on purpose."""
        self._now(phase=Phase.STOPPED, pid=None)

    async def _once(self) -> float:
        # One process from start to end; the answer is how long it served, in seconds.
        run = Run(self.part, self._log)
        self._guard.add(run.pid, self.part.stop_signal)
        self._now(phase=Phase.STARTING, pid=run.pid)
        try:
            ready = await run.became_ready()
            served_from = time.monotonic()
            if ready and self.part.one_shot:
                self.answer = run.answer
                self._note_ready(Phase.DONE, pid=None)
                return 0.0
            if not ready:
                return 0.0
            self._note_ready(Phase.READY, pid=run.pid)
            await run.ended()
            return time.monotonic() - served_from
        finally:
            await run.end()
            self._guard.remove(run.pid)
            self.state = replace(self.state, last_exit_code=await run.ended())

    def _note_ready(self, phase: Phase, *, pid: int | None) -> None:
        took = self.state.start_duration_s
        if took is None:
            took = round(time.monotonic() - self._began_at, 2)
        self._now(phase=phase, pid=pid, start_duration_s=took)
        self.serves.set()

    def _now(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  - the names are those of PartState
        self._report(self.state)

    def _obituary(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines()[-_TAIL_LINES:] if self._log.exists() else []
        said = "\n".join(f"    {line}" for line in lines) or "    (nothing)"
        code = self.state.last_exit_code
        return f"The part {self.part.name} did not start (exit code {code}). Its last words, from {self._log}:\n{said}"
