"""Every sandbox of this service: created, found, started, stopped and deleted, each change kept on disk."""

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from embedded.daytona.agent.wire import JsonObject
from embedded.daytona.launch import bubblewrap, disk, groups, launcher
from embedded.daytona.launch.disk import Kind
from embedded.daytona.launch.groups import Groups, Quota
from embedded.daytona.launch.host import Host
from embedded.daytona.refusals import Refusal, conflict, not_found, unavailable
from embedded.daytona.sandbox import record as records
from embedded.daytona.sandbox import watchdog
from embedded.daytona.sandbox.record import Record, State
from embedded.daytona.sandbox.running import Running
from embedded.daytona.sandbox.watchdog import Bounds
from embedded.daytona.settings import MEBIBYTE, Settings

logger = logging.getLogger(__name__)

# Room for bubblewrap and the agent beside what the commands may start.
_OWN_PROCESSES = 40
_TMP_SHARE = 8
_TMP_MIB_MIN = 16
_SANDBOXES_MAX = 200


@dataclass
class Sandbox:
    """One sandbox: its record, and its running half while it is started."""

    record: Record
    folder: Path
    running: Running | None = None
    watcher: asyncio.Task[None] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Registry:
    """All sandboxes, by id."""

    def __init__(self, settings: Settings, host: Host) -> None:
        self.settings = settings
        self.host = host
        self.sandboxes: dict[str, Sandbox] = {}
        self._root = settings.data_dir / "sandboxes"

    def load(self) -> None:
        """Take over what an earlier server left: everything is stopped now, its home kept."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in self._root.iterdir():
            try:
                record = records.load(folder)
            except (ValueError, TypeError):
                # Somebody may still want the home of a sandbox whose record is damaged.
                logger.exception("the record in %s cannot be read: left alone", folder)
                continue
            if record is None or record.state is State.DESTROYING:
                disk.remove(folder)
                continue
            if record.state is not State.STOPPED:
                record.become(State.STOPPED)
                record.save(folder)
            _remove_groups(record.id)
            shutil.rmtree(folder / "logs", ignore_errors=True)
            self.sandboxes[record.id] = Sandbox(record, folder)

    def find(self, id_or_name: str) -> Sandbox:
        """The sandbox with this id or name.

        Raises:
            Refusal: if there is none.
        """
        if (found := self.sandboxes.get(id_or_name)) is not None:
            return found
        for sandbox in self.sandboxes.values():
            if sandbox.record.name == id_or_name:
                return sandbox
        raise not_found(f"sandbox {id_or_name}")

    def require_running(self, sandbox_id: str) -> Running:
        """The running half of a sandbox, its use noted.

        Raises:
            Refusal: if there is no such sandbox or it is not started.
        """
        sandbox = self.find(sandbox_id)
        if sandbox.running is None or sandbox.record.state is not State.STARTED:
            raise conflict(f"sandbox {sandbox_id} is {sandbox.record.state}, not started")
        sandbox.record.touch()
        return sandbox.running

    async def create(self, record: Record) -> Sandbox:
        """A new, started sandbox; nothing is left of it if it cannot be started.

        Raises:
            Refusal: if the name is taken, there are too many, or the machine refuses.
        """
        if any(record.name == other.record.name for other in self.sandboxes.values()):
            raise conflict(f"a sandbox named {record.name} already exists")
        if len(self.sandboxes) >= _SANDBOXES_MAX:
            raise unavailable(f"this service holds at most {_SANDBOXES_MAX} sandboxes")
        sandbox = Sandbox(record, self._root / record.id)
        self.sandboxes[record.id] = sandbox
        record.become(State.STARTING)
        try:
            sandbox.folder.mkdir(mode=0o711 if self.host.is_root else 0o700)
            await disk.create(record.disk, sandbox.folder, size_mib=record.disk_mib, uid=record.uid)
            await self.start(sandbox)
        except BaseException as error:
            await self._delete_folder(sandbox)
            if isinstance(error, OSError):
                raise unavailable(f"the sandbox could not be made: {error}") from error
            raise
        return sandbox

    async def start(self, sandbox: Sandbox) -> None:
        """Bring it up; one that is started already stays as it is.

        Raises:
            Refusal: if it does not come up; the record says why.
        """
        async with sandbox.lock:
            if sandbox.running is not None and sandbox.running.process.returncode is None:
                return
            self._require_known(sandbox)
            await self._end(sandbox, force=True)
            sandbox.record.become(State.STARTING)
            try:
                sandbox.running = await self._launch(sandbox)
            except Refusal as refusal:
                sandbox.record.become(State.ERROR, error=refusal.message)
                sandbox.record.save(sandbox.folder)
                raise
            sandbox.record.touch()
            self._settle(sandbox, State.STARTED)

    async def _launch(self, sandbox: Sandbox) -> Running:
        record = sandbox.record
        own_groups = Groups()
        logs = sandbox.folder / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir(mode=0o700)
        processes = self.settings.limits.processes
        try:
            if self.host.has_groups:
                quota = Quota(record.memory_mib, processes + _OWN_PROCESSES, record.cpus)
                groups.create(own_groups, record.id, quota)
            launched = await launcher.launch(self.host, self._plan(sandbox, own_groups))
        except OSError as error:
            own_groups.remove()
            raise unavailable(f"the sandbox could not be launched: {error}") from error
        running = Running(launched, own_groups, logs, output_bytes=self.settings.limits.output_bytes)
        try:
            await running.configure(self._configuration(record))
        except BaseException:
            await running.stop(force=True)
            raise
        self._watch(sandbox, running)
        return running

    def _plan(self, sandbox: Sandbox, own_groups: Groups) -> launcher.Plan:
        record = sandbox.record
        return launcher.Plan(
            sandbox_id=record.id,
            home=disk.path_of(record.disk, sandbox.folder),
            disk=record.disk,
            uid=record.uid,
            tools=self.settings.tools,
            tmp_mib=max(_TMP_MIB_MIN, record.memory_mib // _TMP_SHARE),
            groups=own_groups,
        )

    def _configuration(self, record: Record) -> JsonObject:
        limits = self.settings.limits
        env = {
            "HOME": bubblewrap.HOME,
            "USER": bubblewrap.USER,
            "LOGNAME": bubblewrap.USER,
            "SHELL": "/bin/bash",
            "LANG": "C.UTF-8",
            "PATH": bubblewrap.search_path(self.settings.tools),
            "GIT_TERMINAL_PROMPT": "0",
            **record.env,
        }
        return {
            "home": bubblewrap.HOME,
            "env": env,
            "processes": limits.processes,
            "output_bytes": limits.output_bytes,
            "file_bytes": limits.file_bytes,
            "data_bytes": 0 if self.host.has_groups else record.memory_mib * MEBIBYTE,
        }

    def _watch(self, sandbox: Sandbox, running: Running) -> None:
        record = sandbox.record
        bounds = Bounds(
            memory_mib=0 if self.host.has_groups else record.memory_mib,
            disk_mib=0 if record.disk is Kind.IMAGE else record.disk_mib,
            home=disk.path_of(record.disk, sandbox.folder),
        )
        sandbox.watcher = asyncio.create_task(self._attend(sandbox, running, bounds))

    async def _attend(self, sandbox: Sandbox, running: Running, bounds: Bounds) -> None:
        """Watch limits where needed, and notice a sandbox that ends by itself."""
        watching = (
            asyncio.create_task(watchdog.watch(running, bounds)) if bounds.memory_mib or bounds.disk_mib else None
        )
        try:
            await running.process.wait()
        finally:
            if watching is not None:
                watching.cancel()
        if sandbox.running is running and sandbox.record.state is State.STARTED:
            logger.warning("sandbox %s ended unexpectedly", sandbox.record.id)
            sandbox.record.become(State.ERROR, error="the sandbox ended unexpectedly")
            sandbox.record.save(sandbox.folder)

    async def stop(self, sandbox: Sandbox, *, force: bool) -> None:
        """End its processes; its home stays, unless it is to be deleted when it stops."""
        async with sandbox.lock:
            self._require_known(sandbox)
            if sandbox.running is not None:
                sandbox.record.become(State.STOPPING)
                await self._end(sandbox, force=force)
            self._settle(sandbox, State.STOPPED)
        if sandbox.record.auto_delete_minutes == 0:
            await self.delete(sandbox)

    async def delete(self, sandbox: Sandbox) -> None:
        """End it and remove everything of it; deleting twice is no error."""
        async with sandbox.lock:
            if sandbox.record.state is State.DESTROYED:
                return
            self._settle(sandbox, State.DESTROYING)
            await self._end(sandbox, force=True)
            await self._delete_folder(sandbox)

    async def _end(self, sandbox: Sandbox, *, force: bool) -> None:
        running, sandbox.running = sandbox.running, None
        if running is not None:
            await running.stop(force=force)

    async def _delete_folder(self, sandbox: Sandbox) -> None:
        self.sandboxes.pop(sandbox.record.id, None)
        sandbox.record.become(State.DESTROYED)
        stage = self.host.runtime_dir / sandbox.record.id
        with contextlib.suppress(OSError):
            stage.rmdir()
        if sandbox.folder.exists():
            await asyncio.to_thread(disk.remove, sandbox.folder)

    def _settle(self, sandbox: Sandbox, state: State) -> None:
        sandbox.record.become(state)
        sandbox.record.save(sandbox.folder)

    def _require_known(self, sandbox: Sandbox) -> None:
        if sandbox.record.id not in self.sandboxes:
            raise not_found(f"sandbox {sandbox.record.id}")

    async def close(self) -> None:
        """End every sandbox at once; their homes stay."""
        started = [sandbox for sandbox in self.sandboxes.values() if sandbox.running is not None]
        for sandbox in started:
            sandbox.record.become(State.STOPPED)
            sandbox.record.save(sandbox.folder)
            if sandbox.running is not None:
                sandbox.running.kill()
        await asyncio.gather(*(self._end(sandbox, force=True) for sandbox in started), return_exceptions=True)

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        """The registry from start to end of the server."""
        self.load()
        try:
            yield
        finally:
            await self.close()


def _remove_groups(sandbox_id: str) -> None:
    """Take away control groups that a killed server left behind."""
    stale = groups.existing(sandbox_id)
    stale.kill()
    stale.remove()
