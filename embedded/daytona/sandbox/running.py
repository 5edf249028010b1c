"""One started sandbox: its process, the way to its agent, its sessions, and its end."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from embedded.daytona.agent.wire import JsonObject
from embedded.daytona.launch.groups import Groups
from embedded.daytona.launch.launcher import Launched
from embedded.daytona.refusals import Refusal, conflict, not_found, unavailable
from embedded.daytona.sandbox import connection
from embedded.daytona.sandbox.connection import Connection
from embedded.daytona.sandbox.session import Session

READY_WITHIN_S = 15.0
TERMINATE_WITHIN_S = 3.0
END_WITHIN_S = 10.0
OPERATIONS_MAX = 64
SESSIONS_MAX = 64
_DIAGNOSTICS_BYTES = 4096
_POLL_S = 0.005


class Running:
    """A sandbox between start and stop."""

    def __init__(self, launched: Launched, groups: Groups, logs: Path, *, output_bytes: int) -> None:
        self.process = launched.process
        self.groups = groups
        self.sessions: dict[str, Session] = {}
        self.output_bytes = output_bytes
        self.kills = 0
        """How often the watchdog ended processes of this sandbox."""
        self.kill_reason = ""
        self._control = launched.control
        self._logs = logs
        self._slots = asyncio.Semaphore(OPERATIONS_MAX)
        self._diagnostics = b""
        self._listener = asyncio.create_task(self._listen())

    async def configure(self, configuration: JsonObject) -> None:
        """Wait for the agent and tell it environment and limits.

        Raises:
            Refusal: with what bubblewrap said, if the sandbox does not come up.
        """
        try:
            async with asyncio.timeout(READY_WITHIN_S), self.operation() as opened:
                await opened.send_json(configuration)
                await opened.receive_json()
        except (Refusal, TimeoutError) as error:
            self.process.kill()
            await self._listener
            said = self._diagnostics.decode(errors="replace").strip()
            raise unavailable(f"the sandbox did not start: {said or error}") from error

    async def _listen(self) -> None:
        """Keep the end of what the launcher and the agent say about themselves."""
        if self.process.stderr is not None:
            while piece := await self.process.stderr.read(_DIAGNOSTICS_BYTES):
                self._diagnostics = (self._diagnostics + piece)[-_DIAGNOSTICS_BYTES:]

    @asynccontextmanager
    async def operation(self) -> AsyncGenerator[Connection]:
        """A connection for one operation; leaving hangs up."""
        async with self._slots:
            opened = await self._connect()
            try:
                yield opened
            finally:
                opened.close()

    async def _connect(self) -> Connection:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            try:
                socket.send_fds(self._control, [b"c"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise unavailable("the sandbox stopped answering") from error
        return await connection.open_over(ours)

    async def ask(self, request: JsonObject) -> JsonObject:
        """The reply to one request.

        Raises:
            Refusal: the agent's, or that it is gone.
        """
        async with self.operation() as opened:
            await opened.send_json(request)
            return await opened.receive_json()

    async def open_session(self, session_id: str) -> Session:
        """A new shell.

        Raises:
            Refusal: if the id is in use or there are too many.
        """
        if session_id in self.sessions:
            raise conflict(f"session {session_id} already exists")
        if len(self.sessions) >= SESSIONS_MAX:
            raise conflict(f"a sandbox has at most {SESSIONS_MAX} sessions")
        opened = await self._connect()
        try:
            await opened.send_json({"op": "session"})
            await opened.receive_json()
        except BaseException:
            opened.close()
            raise
        folder = self._logs / f"{len(list(self._logs.iterdir()))}-{os.urandom(4).hex()}"
        folder.mkdir(mode=0o700)
        session = Session(session_id, opened, folder, output_bytes=self.output_bytes)
        self.sessions[session_id] = session
        return session

    def session(self, session_id: str) -> Session:
        """One session.

        Raises:
            Refusal: if there is none with this id.
        """
        if (session := self.sessions.get(session_id)) is None:
            raise not_found(f"session {session_id}")
        return session

    async def stop(self, *, force: bool) -> None:
        """End every process of the sandbox; ask first, unless `force`."""
        if not force:
            with contextlib.suppress(Refusal, TimeoutError):
                async with asyncio.timeout(TERMINATE_WITHIN_S):
                    await self.ask({"op": "terminate"})
        self.kill()
        await self.process.wait()
        for session in self.sessions.values():
            session.close()
        async with asyncio.timeout(END_WITHIN_S):
            while not self.groups.remove():  # noqa: ASYNC110  - the kernel does not say when a group is empty
                await asyncio.sleep(_POLL_S)
        await asyncio.to_thread(shutil.rmtree, self._logs, ignore_errors=True)

    def kill(self) -> None:
        """Start the end of everything: the kernel follows the outer process into the sandbox."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.groups.kill()
        self._control.close()
