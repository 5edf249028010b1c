"""Limits that the kernel does not enforce on this machine, watched from outside the sandbox.

Looked at often while something runs in the sandbox, once a second while nothing does: an idle sandbox costs one
small file read per second.
"""

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from embedded.daytona.launch import disk
from embedded.daytona.sandbox.running import Running
from embedded.daytona.settings import MEBIBYTE

_BUSY_INTERVAL_S = 0.25
_IDLE_INTERVAL_S = 1.0
_DISK_COST_FACTOR = 10


@dataclass(frozen=True)
class Bounds:
    """What to watch: 0 where the kernel already enforces a limit."""

    memory_mib: int
    disk_mib: int
    home: Path


async def watch(running: Running, bounds: Bounds) -> None:
    """Watch until cancelled, or until the sandbox is gone."""
    disk_pause_s = 0.0
    disk_before_bytes = 0
    while running.process.returncode is None:
        commands = _commands(running.process.pid)
        if commands and bounds.memory_mib:
            _limit_memory(running, commands, bounds.memory_mib)
        disk_pause_s -= _BUSY_INTERVAL_S
        if commands and bounds.disk_mib and disk_pause_s <= 0:
            started = asyncio.get_running_loop().time()
            used_bytes = await asyncio.to_thread(disk.used_bytes, bounds.home)
            # A large tree is measured less often.
            disk_pause_s = max(1.0, _DISK_COST_FACTOR * (asyncio.get_running_loop().time() - started))
            # What only reads or deletes in a full home may go on.
            if used_bytes > bounds.disk_mib * MEBIBYTE and used_bytes > disk_before_bytes:
                _end(running, commands, f"the sandbox's disk limit of {bounds.disk_mib} MiB was exceeded")
            disk_before_bytes = used_bytes
        await asyncio.sleep(_BUSY_INTERVAL_S if commands else _IDLE_INTERVAL_S)


def _commands(outer: int) -> list[int]:
    """The processes that commands started, without bubblewrap's two, the agent, and its handlers.

    Below the outer process is the sandbox's first one; below that the agent, which is the oldest, and orphans.
    """
    first = [child for pid in _children(outer) for child in _children(pid)]
    handlers = _children(first[0]) if first else []
    waiting = first[1:] + [child for pid in handlers for child in _children(pid)]
    found: list[int] = []
    while waiting:
        found += waiting
        waiting = [child for pid in waiting for child in _children(pid)]
    return found


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _limit_memory(running: Running, commands: list[int], limit_mib: int) -> None:
    used = {pid: _memory_bytes(pid) for pid in commands}
    if sum(used.values()) > limit_mib * MEBIBYTE:
        largest = max(used, key=lambda pid: used[pid])
        _end(running, [largest], f"the sandbox's memory limit of {limit_mib} MiB was exceeded")


def _memory_bytes(pid: int) -> int:
    """The process's own share of memory; 0 if it is gone."""
    for file, field in (("smaps_rollup", "Pss:"), ("status", "RssAnon:")):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1]) * 1024
    return 0


def _end(running: Running, pids: list[int], reason: str) -> None:
    running.kills += 1
    running.kill_reason = reason
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
