"""One process of a part: started in a group of its own, watched without polling, ended with all that it started."""

import asyncio
import os
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

from entrypoints.config import ROOT
from entrypoints.stack.parts import Part

_READY_POLL_S = 0.03
_LINE_BYTES_MAX = 1 << 16


class Run:
    """A started process and what may be asked of it; make it inside a running event loop."""

    def __init__(self, part: Part, log: Path) -> None:
        self._part = part
        self._log = log
        self._answer: BinaryIO | None = tempfile.TemporaryFile() if part.one_shot else None  # noqa: SIM115  - closed in `_forget`
        with log.open("ab") as sink:
            self._read_from = sink.tell()
            self._process = subprocess.Popen(
                # The kernel tells the child when its supervisor dies, however that happens.
                ["setpriv", "--pdeathsig", part.stop_signal.name, "--", *part.command],
                cwd=ROOT,
                env=part.environment,
                stdin=subprocess.DEVNULL,
                stdout=self._answer or sink,
                stderr=sink,
                start_new_session=True,
            )
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[int] = self._loop.create_future()
        self._watch = os.pidfd_open(self._process.pid)
        self._loop.add_reader(self._watch, self._note_end)

    @property
    def pid(self) -> int:
        """The process id, which is its group's id as well."""
        return self._process.pid

    @property
    def answer(self) -> str:
        """What a one-shot part wrote to its standard output; empty for any other."""
        if self._answer is None:
            return ""
        self._answer.seek(0)
        return self._answer.read().decode(errors="replace")

    async def ended(self) -> int:
        """The exit code once it has ended; negative is the signal that ended it."""
        return await asyncio.shield(self._ended)

    async def became_ready(self) -> bool:
        """Whether it said that it serves (a one-shot part: ended well) within its limit and before it ended."""
        try:
            async with asyncio.timeout(self._part.start_limit_s):
                if self._part.one_shot:
                    return await self.ended() == 0
                while not self._ended.done():
                    if self._said_ready():
                        return True
                    await asyncio.sleep(_READY_POLL_S)
        except TimeoutError:
            return False
        return False

    async def end(self) -> None:
        """Ask it to stop, wait as long as the part is granted, then end its whole group by force."""
        if not self._ended.done():
            self._signal_group(self._part.stop_signal)
            await asyncio.wait([self._ended], timeout=self._part.stop_grace_s)
        # Also what outlived its leader in the group.
        self._signal_group(signal.SIGKILL)
        await self.ended()
        if self._answer is not None:
            self._answer.close()
            self._answer = None

    def _said_ready(self) -> bool:
        # Only whole lines count; the file is read from where the last whole line ended.
        with self._log.open("rb") as log:
            log.seek(self._read_from)
            for line in log:
                if not line.endswith(b"\n") and len(line) < _LINE_BYTES_MAX:
                    return False
                self._read_from += len(line)
                if self._part.ready.search(line.decode(errors="replace")):
                    return True
        return False

    def _note_end(self) -> None:
        self._loop.remove_reader(self._watch)
        os.close(self._watch)
        code = self._process.wait()
        if not self._ended.done():
            self._ended.set_result(code)

    def _signal_group(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            # Nobody is left in the group, or only what has given up our identity and ends by itself.
            return
