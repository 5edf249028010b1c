"""A stack as a whole: `async with Stack.ephemeral() as stack:` and every part serves until the block ends."""

import asyncio
import json
import os
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from entrypoints.config import Addresses, state_folder
from entrypoints.stack.guard import Guard
from entrypoints.stack.home import Credentials, Home
from entrypoints.stack.keeper import PartState, Phase
from entrypoints.stack.parts import Part, Plan, all_parts
from entrypoints.stack.ports import PortReservation
from entrypoints.stack.running import Record
from entrypoints.stack.supervisor import Supervisor

Progress = Callable[[PartState], None]
Notice = Callable[[str], None]
PartList = Callable[[Plan], Sequence[Part]]


def _silent(_: object) -> None:
    return None


class Stack:
    """A running stack and what may be asked of it."""

    def __init__(self, plan: Plan, parts: Sequence[Part], guard: Guard, progress: Progress) -> None:
        self.plan = plan
        self._progress = progress
        self._record = Record(plan.home)
        self._started_at = time.time()
        self._serving = False
        self._seen_restarts: dict[str, int] = {}
        self._changed = asyncio.Event()
        self._supervisor = Supervisor(parts, logs=plan.home.logs, guard=guard, report=self._note)

    @classmethod
    @asynccontextmanager
    async def ephemeral(cls, *, progress: Progress = _silent, parts: PartList = all_parts) -> AsyncGenerator["Stack"]:
        """A stack on free ports in a temporary folder, both gone when the block ends, however it ends.

        Raises:
            StartError: if a part does not come up.
        """
        folder = Path(tempfile.mkdtemp(prefix="fractalops-"))
        home, ports = Home(folder), PortReservation()
        try:
            home.prepare()
            home.hold()
            plan = Plan(home=home, ports=ports.free(), credentials=home.credentials())
            guard = Guard(removes=folder, holds=[*home.held_files, *ports.held_files])
            async with cls._running(plan, parts, guard, progress) as stack:
                yield stack
        finally:
            ports.release()
            home.release()
            shutil.rmtree(folder, ignore_errors=True)

    @classmethod
    @asynccontextmanager
    async def persistent(
        cls, *, progress: Progress = _silent, notice: Notice = _silent, parts: PartList = all_parts
    ) -> AsyncGenerator["Stack"]:
        """The stack of this project's state folder, with its data and credentials, on the default ports if free.

        `notice` is told of each default port that is taken, by whom, and what is used instead.

        Raises:
            AlreadyRunningError: if it runs already.
            StartError: if a part does not come up.
        """
        home, ports = Home(state_folder()), PortReservation()
        home.prepare()
        home.hold()
        try:
            chosen, notices = ports.preferred()
            for sentence in notices:
                notice(sentence)
            plan = Plan(home=home, ports=chosen, credentials=home.credentials())
            guard = Guard(holds=[*home.held_files, *ports.held_files])
            async with cls._running(plan, parts, guard, progress) as stack:
                yield stack
        finally:
            ports.release()
            home.release()

    @classmethod
    @asynccontextmanager
    async def _running(cls, plan: Plan, parts: PartList, guard: Guard, progress: Progress) -> AsyncGenerator["Stack"]:
        try:
            stack = cls(plan, parts(plan), guard, progress)
            try:
                await stack._supervisor.start()
                stack._serving = True
                stack._write()
                yield stack
            finally:
                stack._serving = False
                await stack._supervisor.stop()
                stack._record.remove()
        finally:
            guard.dismiss()

    @property
    def addresses(self) -> Addresses:
        """Where everything is."""
        return self.plan.addresses

    @property
    def credentials(self) -> Credentials:
        """The development credentials of this stack."""
        return self.plan.credentials

    @property
    def home(self) -> Path:
        """The folder that holds its data, keys and logs."""
        return self.plan.home.folder

    @property
    def states(self) -> dict[str, PartState]:
        """Where every part stands, by name."""
        return self._supervisor.states

    @property
    def users(self) -> dict[str, Any]:
        """The development users by role, each with `email` and `password`; empty without the part `seed`."""
        if "seed" not in self.states or self.states["seed"].phase != Phase.DONE:
            return {}
        return json.loads(self._supervisor.answer("seed").strip().splitlines()[-1])["users"]

    def pid_of(self, name: str) -> int:
        """The process id of the part `name`.

        Raises:
            LookupError: if no process of it runs now.
        """
        pid = self.states[name].pid
        if pid is None:
            raise LookupError(f"No process of the part {name} runs now: it is {self.states[name].phase}.")
        return pid

    async def wait_restarted(self, name: str, *, within_s: float = 30) -> int:
        """The new process id of a part that died, once it serves again.

        Each call answers one death or more: it waits for a restart that no earlier call has told of, so it may be
        called before or after the part is back.

        Raises:
            TimeoutError: if that does not happen in time.
        """
        seen = self._seen_restarts.get(name, 0)
        async with asyncio.timeout(within_s):
            while self.states[name].restarts <= seen or self.states[name].phase != Phase.READY:
                self._changed.clear()
                await self._changed.wait()
        self._seen_restarts[name] = self.states[name].restarts
        return self.pid_of(name)

    async def broken(self) -> BaseException:
        """The error of a part that is given up; waits as long as all is well."""
        return await self._supervisor.broken()

    def description(self) -> dict[str, Any]:
        """Every address, the development credentials and users: what `up --json` prints."""
        credentials = self.credentials
        return {
            **self.addresses.as_json(),
            "admin_secret": credentials.admin_secret,
            "anon_key": credentials.anon_key,
            "service_role_key": credentials.service_role_key,
            "jwt_secret": credentials.jwt_secret,
            "daytona_api_key": credentials.daytona_api_key,
            "users": self.users,
            "home": str(self.home),
            "pid": os.getpid(),
        }

    def _note(self, state: PartState) -> None:
        self._progress(state)
        self._changed.set()
        self._write()

    def _write(self) -> None:
        self._record.write(
            {
                "pid": os.getpid(),
                "started_at": self._started_at,
                "serving": self._serving,
                "parts": [asdict(state) for state in self.states.values()],
                "description": self.description() if self._serving else None,
            }
        )
