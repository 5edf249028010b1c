"""Control groups of one sandbox: memory, processes and CPU, where this machine lets the server make them."""

import contextlib
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PARENT = "fractalops-sandboxes"
_PERIOD_US = 100_000
_CONTROLLERS = ("memory", "pids", "cpu")


@dataclass(frozen=True)
class Quota:
    """What a group may use."""

    memory_mib: int
    processes: int
    cpus: int


@dataclass
class Groups:
    """The groups of one sandbox, or none where limits are enforced in other ways."""

    folders: list[Path] = field(default_factory=list[Path])

    def entries(self) -> list[Path]:
        """The files that the launcher writes its process id to, before it becomes the sandbox."""
        return [folder / "cgroup.procs" for folder in self.folders]

    def memory_kills(self) -> int:
        """How often the kernel ended a process of the sandbox for want of memory."""
        for folder in self.folders:
            for name in ("memory.events", "memory.oom_control"):
                with contextlib.suppress(OSError):
                    for line in (folder / name).read_text().splitlines():
                        if line.startswith("oom_kill "):
                            return int(line.split()[1])
        return 0

    def kill(self) -> None:
        """End every process in the groups, where the kernel can do so at once."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                (folder / "cgroup.kill").write_text("1")

    def remove(self) -> bool:
        """Whether the groups are gone; they stay while a process is still ending."""
        self.folders = [folder for folder in self.folders if not _removed(folder)]
        return not self.folders


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def available() -> bool:
    """Whether groups with limits can be made here, found out by making one."""
    if os.geteuid() != 0:
        return False
    groups = Groups()
    try:
        create(groups, f"probe-{uuid.uuid4().hex}", Quota(memory_mib=64, processes=16, cpus=1))
    except OSError:
        return False
    finally:
        groups.remove()
    return True


def create(groups: Groups, name: str, quota: Quota) -> None:
    """Make the folders with their limits, noting each in `groups` as soon as it exists.

    Raises:
        OSError: if this machine refuses.
    """
    if (_ROOT / "cgroup.controllers").exists():
        _create_unified(groups, name, quota)
    else:
        _create_split(groups, name, quota)


def _create_split(groups: Groups, name: str, quota: Quota) -> None:
    """Version 1: one hierarchy per controller, and the unified one, whose groups can be killed at once."""
    memory_bytes = str(quota.memory_mib * 1024 * 1024)
    _make(groups, "memory", name, {"memory.limit_in_bytes": memory_bytes})
    with contextlib.suppress(OSError):  # absent where the kernel does not account swap
        (groups.folders[-1] / "memory.memsw.limit_in_bytes").write_text(memory_bytes)
    _make(groups, "pids", name, {"pids.max": str(quota.processes)})
    period = {"cpu.cfs_period_us": str(_PERIOD_US), "cpu.cfs_quota_us": str(_PERIOD_US * quota.cpus)}
    _make(groups, "cpu", name, period)
    if (_ROOT / "unified" / "cgroup.procs").exists():
        _make(groups, "unified", name, {})


def _create_unified(groups: Groups, name: str, quota: Quota) -> None:
    """Version 2: one folder below a parent that passes the controllers on."""
    parent = _ROOT / _PARENT
    parent.mkdir(exist_ok=True)
    for folder in (_ROOT, parent):
        (folder / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in _CONTROLLERS))
    limits = {
        "memory.max": str(quota.memory_mib * 1024 * 1024),
        "memory.swap.max": "0",
        "pids.max": str(quota.processes),
        "cpu.max": f"{_PERIOD_US * quota.cpus} {_PERIOD_US}",
    }
    _make(groups, ".", name, limits)


def _make(groups: Groups, hierarchy: str, name: str, limits: dict[str, str]) -> None:
    folder = _ROOT / hierarchy / _PARENT / name
    folder.mkdir(parents=True)
    groups.folders.append(folder)
    for file, value in limits.items():
        (folder / file).write_text(value)


def existing(name: str) -> Groups:
    """The groups that lie under `name` already."""
    folders = [_ROOT / hierarchy / _PARENT / name for hierarchy in (".", "memory", "pids", "cpu", "unified")]
    return Groups([folder for folder in folders if folder.is_dir()])
