"""What this machine allows, found out once when the server starts."""

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from embedded.daytona.launch import bundle, groups
from embedded.daytona.launch.disk import Kind

_SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_NEEDED = ("bwrap",)
_NEEDED_AS_ROOT = ("setpriv", "unshare", "mount")
# Far above the numbers that systems hand out; a small user namespace falls back to what it has.
_UID_RANGE = range(0x20000000, 0x70000000)
_UID_RANGE_SMALL = range(20_000, 60_000)


@dataclass(frozen=True)
class Host:
    """The means that sandboxes on this machine are confined with."""

    is_root: bool
    has_groups: bool
    disk: Kind
    runtime_dir: Path
    agent: Path


def inspect(runtime_dir: Path) -> Host:
    """What was found, the agent's bundle made in `runtime_dir`.

    Raises:
        RuntimeError: naming what is missing.
    """
    is_root = os.geteuid() == 0
    for name in (*_NEEDED, *(_NEEDED_AS_ROOT if is_root else ())):
        if shutil.which(name, path=_SYSTEM_PATH) is None:
            raise RuntimeError(f"{name} is not installed (looked in {_SYSTEM_PATH})")
    if not Path(bundle.PYTHON).exists():
        raise RuntimeError(f"{bundle.PYTHON} is needed inside sandboxes and does not exist")
    return Host(
        is_root=is_root,
        has_groups=groups.available(),
        disk=Kind.IMAGE if is_root and _mounts_images(runtime_dir) else Kind.FOLDER,
        runtime_dir=runtime_dir,
        agent=bundle.make(runtime_dir),
    )


def _mounts_images(runtime_dir: Path) -> bool:
    """Whether an ext4 image can be made and mounted, found out by doing so in a mount namespace that ends at once."""
    image, point = runtime_dir / "probe.ext4", runtime_dir / "probe"
    point.mkdir()
    script = 'truncate -s 4M "$1" && mkfs.ext4 -q -F "$1" && mount -o loop "$1" "$2"'
    arguments = ["/bin/sh", "-c", script, "probe", str(image), str(point)]
    found = subprocess.run(
        ["/usr/bin/unshare", "--mount", *arguments], capture_output=True, check=False, env={"PATH": _SYSTEM_PATH}
    )
    image.unlink(missing_ok=True)
    point.rmdir()
    return found.returncode == 0


def new_uid(taken: set[int]) -> int:
    """A user number for one sandbox, taken by no other."""
    fields = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    highest = max(int(start) + int(count) for start, _, count in fields)
    numbers = _UID_RANGE if highest > _UID_RANGE.stop else _UID_RANGE_SMALL
    while (uid := numbers.start + secrets.randbelow(len(numbers))) in taken:
        pass
    return uid
