"""Sandboxes of the Daytona API, by name.

Separate activities share a sandbox: each asks `ensure` for it and gets the same one, made, found or started again. A
command has an id of its own; running it again under that id attaches to it instead of starting a second one, so that a
caller that lost its connection, or its whole process, gets the one result.
"""

import asyncio
import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Self

from daytona import (
    AsyncDaytona,
    AsyncSandbox,
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    DaytonaConfig,
    ListSandboxesQuery,
    Resources,
)

from runtime import sandbox_files
from runtime.failures import Failure
from runtime.sandbox_calls import call
from runtime.sandbox_runs import OUTPUT_BYTES_MAX, OnProgress, Ran, Run
from runtime.secrets import SecretValue

__all__ = ["Found", "Limits", "Ran", "Sandbox", "SandboxConfig", "Sandboxes"]

# A sweep looks at no more than this; the next one goes on.
SWEEP_MAX = 500

_ENSURE_ATTEMPTS = 5

# Nothing that is in a sandbox in one of these states comes back.
_BEYOND_USE = {"error", "build_failed", "destroying", "destroyed"}


class Found(StrEnum):
    """How a sandbox came about; a diagnostic, never a mode."""

    CREATED = "created"
    RUNNING = "running"
    STARTED = "started"


@dataclass(frozen=True)
class Limits:
    """What a sandbox may use; figures need an `image`, since a snapshot has its own. None: the service's default."""

    snapshot: str | None = None
    image: str | None = None
    cpu: int | None = None
    memory_gib: int | None = None
    disk_gib: int | None = None
    auto_stop_min: int = 30
    ttl_min: int | None = None


@dataclass(frozen=True)
class SandboxConfig:
    """Where the service is and how long its calls may take."""

    api_url: str
    api_key: SecretValue = field(repr=False)
    target: str = "local"
    call_timeout_s: float = 30
    create_timeout_s: float = 120
    transfer_timeout_s: float = 300


class Sandboxes:
    """The driver; use it inside one event loop and close it, or use it with `async with`."""

    def __init__(self, config: SandboxConfig) -> None:
        self._config = config
        self._client: AsyncDaytona | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections; sandboxes stay."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def ensure(self, name: str, labels: Mapping[str, str], limits: Limits | None = None) -> "Sandbox":
        """The started sandbox of that name, made if there is none, without any network.

        Raises:
            Failure: SANDBOX_CONFLICT, if the name belongs to a sandbox with other labels; SANDBOX_BROKEN, if it is in a
                state that it does not leave by itself; and what `call` raises.
        """
        for attempt in range(_ENSURE_ATTEMPTS):
            found = await self._get(name)
            try:
                if found is None:
                    return await self._opened(await self._create(name, labels, limits or Limits()), Found.CREATED)
                return await self._taken(found, labels)
            except Failure as failure:
                # A lost answer, another caller's creation, or a sandbox on its way out: look again.
                transient = failure.retry or failure.code in {"SANDBOX_CONFLICT_ON_CREATE", "SANDBOX_GOING"}
                if not transient or attempt + 1 == _ENSURE_ATTEMPTS:
                    raise
            await asyncio.sleep(0.2 * 2**attempt)
        raise AssertionError("The last attempt returns or raises.")

    async def reopen(self, name: str, labels: Mapping[str, str]) -> "Sandbox | None":
        """The sandbox of that name, started again if it was stopped; None if there is none, or one that is broken.

        Raises:
            Failure: as `ensure`, but it makes none.
        """
        for attempt in range(_ENSURE_ATTEMPTS):
            found = await self._get(name)
            try:
                return None if found is None else await self._taken(found, labels)
            except Failure as failure:
                if failure.code in {"SANDBOX_BROKEN", "SANDBOX_MISSING"}:
                    return None
                if not failure.retry or attempt + 1 == _ENSURE_ATTEMPTS:
                    raise
            await asyncio.sleep(0.2 * 2**attempt)
        raise AssertionError("The last attempt returns or raises.")

    async def rest(self, name: str, *, kept_for: timedelta) -> bool:
        """Whether the sandbox is stopped now, its files kept, for the service to delete after that time.

        False: there is none of that name, or one that is broken. Repeating changes nothing.
        """
        found = await self._get(name)
        if found is None or _state_of(found) in _BEYOND_USE:
            return False
        minutes = max(1, int(kept_for.total_seconds() // 60))
        try:
            await call(
                "set when the sandbox is deleted",
                lambda: found.set_auto_delete_interval(minutes),
                timeout_s=self._config.call_timeout_s,
            )
            await self._stop(found)
        except Failure as failure:
            if failure.code == "SANDBOX_MISSING":
                return False
            raise
        return _state_of(found) == "stopped"

    async def _stop(self, sandbox: AsyncSandbox) -> None:
        """Stop it; the service refuses that to what an earlier try stopped, or what it stopped itself as idle."""
        timeout_s = self._config.create_timeout_s
        stop = sandbox.wait_for_sandbox_stop if _state_of(sandbox) in {"stopping", "stopped"} else sandbox.stop
        await call("stop the sandbox", lambda: stop(timeout=timeout_s), timeout_s=timeout_s + 5, repeat=False)

    async def destroy(self, name: str) -> None:
        """There is no sandbox of that name afterwards; repeating changes nothing."""
        if (found := await self._get(name)) is not None:
            await self._delete(found)

    async def sweep(self, labels: Mapping[str, str], older_than: timedelta, spared: Collection[str] = ()) -> list[str]:
        """The names of the sandboxes that were destroyed: those with the labels, made longer ago than `older_than`.

        Those whose names are `spared` stay.
        """
        before = datetime.now(UTC) - older_than
        listed = await call("list sandboxes", lambda: self._list(labels), timeout_s=self._config.call_timeout_s)
        made = [one for one in listed if one.created_at and one.name not in spared]
        old = [one for one in made if datetime.fromisoformat(one.created_at or "") <= before]
        for sandbox in old:
            await self._delete(sandbox)
        return [sandbox.name for sandbox in old]

    @property
    def _daytona(self) -> AsyncDaytona:
        # Made inside the running loop, which the client's connections belong to. All three values given, it reads no
        # environment.
        if self._client is None:
            config = self._config
            self._client = AsyncDaytona(
                DaytonaConfig(api_key=config.api_key.reveal(), api_url=config.api_url, target=config.target)
            )
        return self._client

    async def _get(self, name: str) -> AsyncSandbox | None:
        try:
            return await call(
                "find the sandbox", lambda: self._daytona.get(name), timeout_s=self._config.call_timeout_s
            )
        except Failure as failure:
            if failure.code == "SANDBOX_MISSING":
                return None
            raise

    async def _create(self, name: str, labels: Mapping[str, str], limits: Limits) -> AsyncSandbox:
        timeout_s = self._config.create_timeout_s
        parameters = _parameters(name, labels, limits)
        try:
            return await call(
                "create a sandbox",
                lambda: self._daytona.create(parameters, timeout=timeout_s),
                timeout_s=timeout_s + 5,
                repeat=False,
            )
        except Failure as failure:
            if failure.code == "SANDBOX_CONFLICT":
                raise Failure("SANDBOX_CONFLICT_ON_CREATE", failure.message) from failure
            raise

    async def _taken(self, sandbox: AsyncSandbox, labels: Mapping[str, str]) -> "Sandbox":
        other = {key for key, value in labels.items() if sandbox.labels.get(key) != value}
        if other:
            names = ", ".join(sorted(other))
            raise Failure("SANDBOX_CONFLICT", f"The sandbox {sandbox.name} is somebody else's: its {names} differ.")
        state = _state_of(sandbox)
        if state == "started":
            return await self._opened(sandbox, Found.RUNNING)
        if state in {"error", "build_failed"}:
            reason = sandbox.error_reason or "without a reason"
            raise Failure("SANDBOX_BROKEN", f"The sandbox {sandbox.name} is in error, {reason}.")
        if state in {"destroyed", "destroying", "stopping", "creating", "starting", "archiving", "restoring"}:
            raise Failure("SANDBOX_GOING", f"The sandbox {sandbox.name} is still {state}.", retry=True)
        timeout_s = self._config.create_timeout_s
        await call("start the sandbox", lambda: sandbox.start(timeout=timeout_s), timeout_s=timeout_s + 5, repeat=False)
        return await self._opened(sandbox, Found.STARTED)

    async def _opened(self, sandbox: AsyncSandbox, found: Found) -> "Sandbox":
        home = await call("tell its home", sandbox.get_user_home_dir, timeout_s=self._config.call_timeout_s)
        return Sandbox(sandbox.name, home, found, sandbox, self._config)

    async def _delete(self, sandbox: AsyncSandbox) -> None:
        try:
            await call(
                "delete the sandbox",
                lambda: sandbox.delete(timeout=self._config.create_timeout_s, wait=True),
                timeout_s=self._config.create_timeout_s + 5,
            )
        except Failure as failure:
            if failure.code not in {"SANDBOX_MISSING", "SANDBOX_CONFLICT"} or await self._get(sandbox.id) is not None:
                raise

    async def _list(self, labels: Mapping[str, str]) -> list[AsyncSandbox]:
        found: list[AsyncSandbox] = []
        async for sandbox in self._daytona.list(ListSandboxesQuery(labels=dict(labels))):
            found.append(sandbox)
            if len(found) == SWEEP_MAX:
                break
        return found


@dataclass(frozen=True)
class Sandbox:
    """One started sandbox. Paths are absolute or relative to `home`."""

    name: str
    home: str
    found: Found
    _sandbox: AsyncSandbox = field(repr=False)
    _config: SandboxConfig = field(repr=False)

    async def run(
        self,
        command: str,
        *,
        run_id: str,
        timeout_s: float,
        cwd: str | None = None,
        env: Mapping[str, str | SecretValue] | None = None,
        on_progress: OnProgress | None = None,
        kept_bytes: int = OUTPUT_BYTES_MAX,
    ) -> Ran:
        """How the shell command ended. The same `run_id` attaches to the same run, finished or not; nothing runs twice.

        Secret values of `env` are taken out of the output. `on_progress` is awaited about once a second and at each
        new piece of output. A cancelled call leaves the command running: call again, or `stop`.

        Raises:
            Failure: RUN_LOST, if the sandbox was stopped under the command; SANDBOX_…, from `call`.
        """
        work = posixpath.join(self.home, cwd or "")
        run = Run(self._sandbox, self.home, run_id, self._config.call_timeout_s)
        return await run.carried_out(
            command, work=work, env=env or {}, timeout_s=timeout_s, on_progress=on_progress, kept_bytes=kept_bytes
        )

    async def stop(self, run_id: str) -> None:
        """The run's command and its children are told to end, and killed soon after; `run` then tells how it ended."""
        await Run(self._sandbox, self.home, run_id, self._config.call_timeout_s).stop()

    async def upload(self, path: str, data: bytes) -> None:
        """The file holds exactly these bytes; missing folders are made."""
        timeout_s = self._config.transfer_timeout_s
        await sandbox_files.upload(self._sandbox, self._path(path), data, timeout_s=timeout_s)

    async def download(self, path: str, limit_bytes: int) -> bytes:
        """The file's bytes.

        Raises:
            Failure: FILE_MISSING; FILE_TOO_LARGE, if there are more than `limit_bytes`, which are then not read on.
        """
        timeout_s = self._config.transfer_timeout_s
        return await sandbox_files.download(
            self._sandbox, self._path(path), limit_bytes=limit_bytes, timeout_s=timeout_s
        )

    def _path(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.home, path))


def _state_of(sandbox: AsyncSandbox) -> str:
    return str(getattr(sandbox.state, "value", sandbox.state))


def _parameters(
    name: str, labels: Mapping[str, str], limits: Limits
) -> CreateSandboxFromImageParams | CreateSandboxFromSnapshotParams:
    figures = (limits.cpu, limits.memory_gib, limits.disk_gib)
    if limits.image is None:
        if any(figure is not None for figure in figures):
            raise Failure("LIMITS_REFUSED", "Limits in figures need an image; a snapshot brings its own.")
        return CreateSandboxFromSnapshotParams(
            name=name,
            labels=dict(labels),
            snapshot=limits.snapshot,
            network_block_all=True,
            auto_stop_interval=limits.auto_stop_min,
            ttl_minutes=limits.ttl_min,
        )
    return CreateSandboxFromImageParams(
        name=name,
        labels=dict(labels),
        image=limits.image,
        resources=Resources(cpu=limits.cpu, memory=limits.memory_gib, disk=limits.disk_gib),
        network_block_all=True,
        auto_stop_interval=limits.auto_stop_min,
        ttl_minutes=limits.ttl_min,
    )
