"""Where a sandbox's home lies: an image with a size of its own where the machine can mount one, else a folder."""

import asyncio
import os
import shutil
import stat
from enum import StrEnum
from pathlib import Path

from embedded.daytona.settings import MEBIBYTE

IMAGE_MIB_MIN = 8


class Kind(StrEnum):
    """How a home is kept."""

    IMAGE = "image"
    FOLDER = "folder"


def path_of(kind: Kind, folder: Path) -> Path:
    """Where in a sandbox's folder its home lies."""
    return folder / ("home.ext4" if kind is Kind.IMAGE else "home")


async def create(kind: Kind, folder: Path, *, size_mib: int, uid: int) -> None:
    """Make an empty home."""
    path = path_of(kind, folder)
    if kind is Kind.FOLDER:
        path.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(path, uid, uid)
        return
    with path.open("wb") as image:
        image.truncate(max(size_mib, IMAGE_MIB_MIN) * MEBIBYTE)
    path.chmod(0o600)
    await _format(path)


async def _format(path: Path) -> None:
    options = "lazy_itable_init=1,lazy_journal_init=1,nodiscard"
    process = await asyncio.create_subprocess_exec(
        *("mkfs.ext4", "-q", "-F", "-m", "0", "-E", options, str(path)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    _, errors = await process.communicate()
    if process.returncode:
        raise OSError(f"mkfs.ext4 failed: {errors.decode(errors='replace').strip()}")


def used_bytes(folder: Path) -> int:
    """What the files below `folder` occupy; never follows a link, because the sandbox made them."""
    total = 0
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    total += status.st_blocks * 512
                    if stat.S_ISDIR(status.st_mode):
                        waiting.append(entry.path)
        except OSError:  # vanished or closed to us while we looked: what is left still counts
            continue
    return total


def remove(folder: Path) -> None:
    """Delete a sandbox's folder, also where the sandbox took away permissions; links are removed, not followed."""
    for parent, names, _ in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o700)
    shutil.rmtree(folder)
