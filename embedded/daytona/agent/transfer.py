"""Whole files in and out, in pieces."""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH101, PTH103, PTH105, PTH108, PTH110, PTH112, PTH116, PTH118, PTH120, PTH123

import errno
import os
import secrets
import stat

from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.failures import invalid, shown
from embedded.daytona.agent.wire import CHUNK_BYTES, DATA, END, Channel, JsonObject

FILE_MODE = 0o644


def read(channel: Channel, request: JsonObject, config: Configuration) -> None:
    """Send the size, then exactly that many bytes.

    Raises:
        Failed: if the path is not a regular file; a pipe or a device would never end.
    """
    path = config.path(request["path"])
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise invalid(f"{shown(path)} is not a regular file")
        channel.send_json({"size": status.st_size})
        left = status.st_size
        while left and (piece := file.read(min(left, CHUNK_BYTES))):
            channel.send_data(piece)
            left -= len(piece)
    if not left:
        channel.send_end()


def write(channel: Channel, request: JsonObject, config: Configuration) -> None:
    """Receive a file; readers see the old content or the whole new one, nothing between.

    Raises:
        OSError: for example when the disk is full.
    """
    try:
        written = _store(channel, config.path(request["path"]))
    except ConnectionError:
        raise
    except OSError:
        # The server listens when it has sent everything.
        while (frame := channel.receive()) is not None and frame.kind != END:
            pass
        raise
    channel.send_json({"bytes": written})


def _store(channel: Channel, given: str) -> int:
    # The file behind a symbolic link is replaced, not the link.
    path = os.path.realpath(given)
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", path)
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    partial = os.path.join(folder, f".upload-{secrets.token_hex(8)}")
    try:
        written = _receive(channel, partial)
        os.chmod(partial, stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else FILE_MODE)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)
    return written


def _receive(channel: Channel, path: str) -> int:
    """How many bytes came before the end."""
    written = 0
    with open(path, "wb") as file:
        while (frame := channel.receive()) is not None:
            if frame.kind == END:
                return written
            if frame.kind == DATA:
                written += file.write(frame.payload)
    raise ConnectionResetError(errno.ECONNRESET, "The upload was broken off")
