"""What a failed operation replies: an HTTP status, Daytona's code for it, and a sentence."""

import errno

from embedded.daytona.agent.wire import JsonObject

_NOT_FOUND = {errno.ENOENT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Failed(Exception):  # noqa: N818  - an outcome, named as one
    """An expected failure of an operation."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def invalid(message: str) -> Failed:
    """The failure for a path or an argument that makes no sense."""
    return Failed(400, "INVALID_FILE_PATH", message)


def shown(text: str) -> str:
    """`text` as it can travel in JSON: bytes that are not UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def of_os_error(error: OSError) -> Failed:
    """The failure that says what the operating system said."""
    name = error.filename if isinstance(error.filename, str) else ""
    message = shown(f"{error.strerror or error}{f': {name}' if name else ''}")
    if error.errno in _NOT_FOUND:
        return Failed(404, "FILE_NOT_FOUND", message)
    if error.errno in _DENIED:
        return Failed(403, "FILE_ACCESS_DENIED", message)
    if error.errno in _FULL:
        return Failed(507, "DISK_LIMIT_REACHED", f"{message} (the sandbox's disk limit is reached)")
    if error.errno == errno.EAGAIN:
        return Failed(503, "PROCESS_LIMIT_REACHED", "the sandbox's process limit is reached")
    return invalid(message)


def reply(failure: Failed) -> JsonObject:
    """The JSON object that carries `failure` to the server."""
    return {"error": {"status": failure.status, "code": failure.code, "message": failure.message}}
