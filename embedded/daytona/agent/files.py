"""Files and folders, as the sandbox sees them."""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH101, PTH103, PTH108, PTH110, PTH112, PTH114, PTH116, PTH119

import errno
import grp
import os
import pwd
import shutil
import stat
import time
from collections.abc import Iterator

from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.failures import Failed, invalid, shown
from embedded.daytona.agent.wire import JsonObject

LISTED_MAX = 20_000
FOLDER_MODE = 0o755
MODE_MAX = 0o7777


def describe(path: str) -> JsonObject:
    """What Daytona calls a FileInfo."""
    status = os.stat(path) if os.path.exists(path) else os.lstat(path)
    modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(status.st_mtime))
    return {
        "name": shown(os.path.basename(path.rstrip("/")) or "/"),
        "path": shown(path),
        "size": status.st_size,
        "isDir": stat.S_ISDIR(status.st_mode),
        "mode": stat.filemode(status.st_mode),
        "modTime": modified,
        "modifiedAt": modified,
        "owner": _user(status.st_uid),
        "group": _group(status.st_gid),
        "permissions": f"{stat.S_IMODE(status.st_mode):04o}",
    }


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def list_folder(request: JsonObject, config: Configuration) -> JsonObject:
    """The entries of a folder, down to `depth` levels."""
    folder = config.path(request["path"])
    listed: list[JsonObject] = []
    for path in _entries(folder, request["depth"]):
        if len(listed) == LISTED_MAX:
            raise invalid(f"the folder holds more than {LISTED_MAX} entries")
        try:
            listed.append(describe(path))
        except FileNotFoundError:  # deleted since it was listed
            continue
    return {"files": listed}


def _entries(folder: str, depth: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        yield entry.path
        if depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, depth - 1)


def info(request: JsonObject, config: Configuration) -> JsonObject:
    """One FileInfo."""
    return {"file": describe(config.path(request["path"]))}


def create_folder(request: JsonObject, config: Configuration) -> JsonObject:
    """Nothing; the folder and its parents exist afterwards."""
    path = config.path(request["path"])
    mode = octal(request["mode"]) if request["mode"] else FOLDER_MODE
    os.makedirs(path, exist_ok=True)
    os.chmod(path, mode)
    return {}


def octal(text: str) -> int:
    """The permission bits that `text` spells.

    Raises:
        Failed: if it spells none.
    """
    try:
        mode = int(text, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= MODE_MAX:
        raise Failed(400, "BAD_REQUEST", f"not an octal file mode: {shown(text)}")
    return mode


def delete(request: JsonObject, config: Configuration) -> JsonObject:
    """Nothing; the path is gone afterwards."""
    path = config.path(request["path"])
    if not os.path.isdir(path) or os.path.islink(path):
        os.unlink(path)
    elif request["recursive"]:
        shutil.rmtree(path)
    else:
        raise Failed(400, "BAD_REQUEST", f"{shown(path)} is a folder: deleting it needs recursive=true")
    return {}


def move(request: JsonObject, config: Configuration) -> JsonObject:
    """Nothing; the source is at the destination afterwards."""
    source, destination = config.path(request["source"]), config.path(request["destination"])
    if not os.path.lexists(source):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", source)
    if os.path.lexists(destination):
        raise Failed(409, "CONFLICT", f"{shown(destination)} already exists")
    try:
        shutil.move(source, destination)
    except shutil.Error as error:
        raise invalid(shown(str(error))) from error
    return {}


def set_permissions(request: JsonObject, config: Configuration) -> JsonObject:
    """Nothing; mode, owner and group are as asked, where given."""
    path = config.path(request["path"])
    if request["mode"]:
        os.chmod(path, octal(request["mode"]))
    if request["owner"] or request["group"]:
        try:
            if request["owner"]:
                shutil.chown(path, user=request["owner"])
            if request["group"]:
                shutil.chown(path, group=request["group"])
        except LookupError as error:
            raise Failed(400, "BAD_REQUEST", shown(str(error))) from error
    return {}
