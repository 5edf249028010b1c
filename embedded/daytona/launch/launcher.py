"""Start one sandbox: enter its groups, stage its mounts, drop to its user, become bubblewrap."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from embedded.daytona.launch import bubblewrap, bundle, system_calls
from embedded.daytona.launch.disk import Kind
from embedded.daytona.launch.groups import Groups
from embedded.daytona.launch.host import Host

_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

# As root the mounts are staged in a mount namespace of the sandbox's own, before the privileges are dropped: home and
# tools may lie below folders that the sandbox's user cannot enter, and when the sandbox ends, by whatever signal, the
# kernel takes the mounts away. Arguments: stage, kind of home, home, user, group files --, tools --, bubblewrap's.
_STAGING = r"""
set -e
stage=$1 kind=$2 home=$3 user=$4; shift 4
while [ "$1" != -- ]; do echo $$ > "$1"; shift; done; shift
mount -t tmpfs -o size=64k,mode=0711 stage "$stage"
mkdir "$stage/home"
if [ "$kind" = image ]; then
  mkdir "$stage/disk"
  mount -o loop,noinit_itable,nosuid,nodev "$home" "$stage/disk"
  [ -d "$stage/disk/home" ] || install -d -m 0700 -o "$user" -g "$user" "$stage/disk/home"
  home=$stage/disk/home
fi
mount --bind "$home" "$stage/home"
number=0
while [ "$1" != -- ]; do
  mkdir "$stage/tools$number"; mount --bind "$1" "$stage/tools$number"; number=$((number + 1)); shift
done; shift
exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all -- "$@"
"""


@dataclass(frozen=True)
class Plan:
    """What is needed to start one sandbox."""

    sandbox_id: str
    home: Path
    disk: Kind
    uid: int
    tools: tuple[Path, ...]
    tmp_mib: int
    groups: Groups


@dataclass(frozen=True)
class Launched:
    """The started process and the socket that asks its agent for connections."""

    process: asyncio.subprocess.Process
    control: socket.socket


async def launch(host: Host, plan: Plan) -> Launched:
    """The sandbox's outer process, its agent on the way up.

    Must run on the main thread: the kernel ends a sandbox with the thread that started it.
    """
    stage = host.runtime_dir / plan.sandbox_id
    if host.is_root:
        stage.mkdir(mode=0o711, exist_ok=True)
    ours, theirs = socket.socketpair()
    with theirs, _descriptors(_view(host, plan, stage)) as (arguments, passed):
        command = ["/usr/bin/bwrap", "--args", str(arguments), "--", *bundle.command()]
        try:
            process = await asyncio.create_subprocess_exec(
                *(_staged(plan, stage, command) if host.is_root else command),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                pass_fds=(arguments, *passed),
                # bubblewrap keeps its environment readable inside, as that of process 1.
                env={"PATH": _PATH},
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
    ours.setblocking(False)
    return Launched(process, ours)


def _view(host: Host, plan: Plan, stage: Path) -> bubblewrap.View:
    staged = [(str(stage / f"tools{number}"), str(path)) for number, path in enumerate(plan.tools)]
    return bubblewrap.View(
        home=str(stage / "home") if host.is_root else str(plan.home),
        tools=tuple(staged) if host.is_root else tuple((str(path), str(path)) for path in plan.tools),
        agent=str(host.agent),
        tmp_mib=plan.tmp_mib,
    )


def _staged(plan: Plan, stage: Path, command: list[str]) -> list[str]:
    return [
        *("/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", _STAGING, "launcher"),
        *(str(stage), plan.disk.value, str(plan.home), str(plan.uid)),
        *(str(path) for path in plan.groups.entries()),
        "--",
        *(str(path) for path in plan.tools),
        "--",
        *command,
    ]


@contextlib.contextmanager
def _descriptors(view: bubblewrap.View) -> Generator[tuple[int, list[int]]]:
    """The descriptor with bubblewrap's options and those that the options name."""
    opened: list[int] = []
    try:
        filter_fd = _in_memory("filter", system_calls.program(), opened)
        data = {name: _in_memory(name, content, opened) for name, content in bubblewrap.etc_files().items()}
        options = "\0".join(bubblewrap.arguments(view, filter_fd=filter_fd, data=data))
        arguments = _in_memory("arguments", options.encode() + b"\0", opened)
        yield arguments, opened
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _in_memory(name: str, content: bytes, opened: list[int]) -> int:
    descriptor = os.memfd_create(name)
    opened.append(descriptor)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
