"""One command in a sandbox, from anywhere and as often as needed."""

import asyncio
import base64
import binascii
import re
import secrets
import shlex
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from daytona import AsyncSandbox, FileUpload

from runtime import sandbox_files
from runtime.failures import Failure
from runtime.sandbox_calls import call
from runtime.sandbox_output import Lines, Progress
from runtime.sandbox_scripts import PEEK, PEEK_BYTES, RUNNER
from runtime.secrets import SecretValue, redact

T = TypeVar("T")

# Head and tail of a longer output are kept, with a line that says how much is missing between them.
OUTPUT_BYTES_MAX = 1024 * 1024

# The line in the middle and its newlines.
_MARKER_BYTES_MAX = 64
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Frequent looks at first, because most commands are short; a look costs the sandbox a few milliseconds.
_LOOK_FIRST_S, _LOOK_MAX_S, _LOOK_GROWTH = 0.03, 1.0, 1.6
# How long a run may be between its lock and its process, and beyond its own limit, before it counts as lost.
_START_GRACE_S, _END_GRACE_S = 15, 60
_TIMEOUT_CODES = {124, 137}

OnProgress = Callable[[Progress], Awaitable[None]]


@dataclass(frozen=True)
class Ran:
    """How a command ended; `output` holds standard output and error as they came, cut in the middle if `truncated`."""

    exit_code: int
    output: str
    output_bytes: int
    truncated: bool
    duration_ms: int
    timed_out: bool


@dataclass(frozen=True)
class _Look:
    """What PEEK tells; the three figures are set in state `done` only."""

    state: str
    exit_code: int
    duration_ms: int
    total: int
    at: int
    piece: bytes


_ABSENT = _Look("absent", 0, 0, 0, 0, b"")


class Run:
    """A run of a sandbox, known by its id."""

    def __init__(self, sandbox: AsyncSandbox, home: str, run_id: str, call_timeout_s: float) -> None:
        if not _RUN_ID.fullmatch(run_id):
            raise Failure("RUN_REFUSED", "A run's id is made of letters, digits, dots, hyphens and underscores.")
        self._sandbox = sandbox
        self._folder = f"{home}/.fractalops/runs/{run_id}"
        self._call_timeout_s = call_timeout_s

    async def carried_out(
        self,
        command: str,
        *,
        work: str,
        env: Mapping[str, str | SecretValue],
        timeout_s: float,
        on_progress: OnProgress | None,
        kept_bytes: int,
    ) -> Ran:
        """How the command ended, started by this call or an earlier one."""
        hide = [value for value in env.values() if isinstance(value, SecretValue)]
        if (await self._look(0)).state == "absent":
            await self._start(command, work, env, timeout_s, kept_bytes)
        look = await self._followed(Lines(hide), timeout_s, on_progress)
        kept = await self._kept(kept_bytes)
        return Ran(
            exit_code=look.exit_code,
            output=redact(kept, hide).decode("utf-8", "replace"),
            output_bytes=look.total,
            truncated=look.total > kept_bytes,
            duration_ms=look.duration_ms,
            timed_out=look.exit_code in _TIMEOUT_CODES and look.duration_ms >= timeout_s * 1000,
        )

    async def stop(self) -> None:
        """The command and its children end: asked first, killed two seconds later."""
        kill = 'kill -TERM "$job" "-$job"; sleep 2; kill -KILL "-$job"'
        script = f"job=$(cat {shlex.quote(self._folder)}/job) && {{ {kill}; }}"
        await self._exec(f"sh -c {shlex.quote(script)} >/dev/null 2>&1")

    async def _start(
        self, command: str, work: str, env: Mapping[str, str | SecretValue], timeout_s: float, kept_bytes: int
    ) -> None:
        attempt = secrets.token_hex(8)
        files = {
            f"runner.{attempt}": RUNNER,
            f"command.{attempt}": command,
            # Read once, and removed before the command begins.
            f"environment.{attempt}": _exports(env),
        }
        uploads = [FileUpload(text.encode(), f"{self._folder}/{name}") for name, text in files.items()]
        folder = shlex.quote(self._folder)
        await self._exec(f"mkdir -p {folder} && chmod 700 {folder}")
        await self._call("take the command", lambda: self._sandbox.fs.upload_files(uploads))
        arguments = [self._folder, attempt, f"{timeout_s:g}", work, str(kept_bytes)]
        runner = shlex.join(["sh", f"{self._folder}/runner.{attempt}", *arguments])
        # In a session of its own and without our streams, so that it belongs to no call and outlives this one. Started
        # twice, by a repeated call, it sees the lock and ends.
        detached = f"command -v setsid >/dev/null && exec setsid {runner}; exec {runner}"
        await self._exec(f"sh -c {shlex.quote(detached)} </dev/null >/dev/null 2>&1 &")

    async def _followed(self, lines: Lines, timeout_s: float, on_progress: OnProgress | None) -> _Look:
        begun, pause_s = time.monotonic(), _LOOK_FIRST_S
        while True:
            look = await self._look(lines.position)
            watched_s = time.monotonic() - begun
            text = lines.take(look.at, look.piece) if look.piece else ""
            ended = look.state == "done" and len(look.piece) < PEEK_BYTES and lines.position >= look.total
            # A reader that cannot follow the last piece of a flood gets it from the kept output.
            ended = ended or (look.state == "done" and not look.piece)
            if on_progress is not None:
                await on_progress(Progress(text + (lines.rest() if ended else ""), lines.position, watched_s))
            if ended:
                return look
            self._check(look, watched_s, timeout_s)
            if len(look.piece) < PEEK_BYTES:
                await asyncio.sleep(pause_s)
                pause_s = _LOOK_FIRST_S if look.piece else min(pause_s * _LOOK_GROWTH, _LOOK_MAX_S)

    def _check(self, look: _Look, watched_s: float, timeout_s: float) -> None:
        if look.state == "lost" or (look.state != "running" and watched_s > _START_GRACE_S):
            raise Failure("RUN_LOST", "The sandbox was stopped while the command ran, or lost its process.")
        if watched_s > timeout_s + _END_GRACE_S:
            raise Failure("RUN_LOST", "The command did not end at its limit, and neither did its sandbox end it.")

    async def _look(self, position: int) -> _Look:
        answer = await self._exec(shlex.join(["sh", "-c", PEEK, "peek", self._folder, str(position)]))
        try:
            return _read_look(answer)
        except (ValueError, binascii.Error) as error:
            raise Failure("RUN_LOST", "The sandbox's own report on the command cannot be read.") from error

    async def _kept(self, kept_bytes: int) -> bytes:
        limit_bytes = kept_bytes + _MARKER_BYTES_MAX
        output = f"{self._folder}/output"
        return await sandbox_files.download(
            self._sandbox, output, limit_bytes=limit_bytes, timeout_s=self._call_timeout_s
        )

    async def _exec(self, script: str) -> str:
        timeout_s = int(self._call_timeout_s)
        answer = await self._call("run a command", lambda: self._sandbox.process.exec(script, timeout=timeout_s))
        return answer.result

    async def _call(self, what: str, act: Callable[[], Awaitable[T]]) -> T:
        return await call(what, act, timeout_s=self._call_timeout_s + 10)


def _read_look(answer: str) -> _Look:
    """The look in PEEK's words. A sandbox is not trusted: words that do not fit raise ValueError."""
    told, _, behind = answer.partition("\n")
    state, *figures = told.split()
    if state == "absent":
        return _ABSENT
    position, _, encoded = behind.partition("\n")
    exit_code, duration_ms, total = (int(figure) for figure in figures) if state == "done" else (0, 0, 0)
    at = int(position)
    if min(at, duration_ms, total) < 0:
        raise ValueError("a figure is negative")
    return _Look(state, exit_code, duration_ms, total, at, base64.b64decode(encoded))


def _exports(env: Mapping[str, str | SecretValue]) -> str:
    lines: list[str] = []
    for name, value in env.items():
        text = value.reveal() if isinstance(value, SecretValue) else value
        if not _VARIABLE.fullmatch(name) or "\0" in text:
            raise Failure("RUN_REFUSED", "An environment variable has a plain name, and a value without NUL.")
        lines.append(f"export {name}={shlex.quote(text)}\n")
    return "".join(lines)
