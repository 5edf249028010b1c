"""Files in and out of a sandbox, byte for byte."""

from daytona import AsyncSandbox

from runtime.failures import Failure
from runtime.sandbox_calls import call


async def upload(sandbox: AsyncSandbox, path: str, data: bytes, *, timeout_s: float) -> None:
    """The file at the absolute path holds exactly these bytes; missing folders are made."""
    await call("take a file", lambda: sandbox.fs.upload_file(data, path), timeout_s=timeout_s)


async def download(sandbox: AsyncSandbox, path: str, *, limit_bytes: int, timeout_s: float) -> bytes:
    """The bytes of the file at the absolute path.

    Raises:
        Failure: FILE_MISSING; FILE_TOO_LARGE, if there are more than `limit_bytes`, which are then not read on.
    """
    try:
        return await _downloaded(sandbox, path, limit_bytes, timeout_s)
    except Failure as failure:
        if failure.code == "SANDBOX_MISSING":
            raise Failure("FILE_MISSING", f"The sandbox has no file {path}.") from failure
        raise


async def _downloaded(sandbox: AsyncSandbox, path: str, limit_bytes: int, timeout_s: float) -> bytes:
    told = await call("look at a file", lambda: sandbox.fs.get_file_info(path), timeout_s=timeout_s)
    if told.is_dir:
        raise Failure("FILE_MISSING", f"{path} in the sandbox is a folder, not a file.")
    # The client cannot stream an empty file.
    if told.size == 0:
        return b""
    return await call("give a file", lambda: _streamed(sandbox, path, limit_bytes), timeout_s=timeout_s)


async def _streamed(sandbox: AsyncSandbox, path: str, limit_bytes: int) -> bytes:
    data = bytearray()
    async for piece in await sandbox.fs.download_file_stream(path):
        data += piece
        if len(data) > limit_bytes:
            raise Failure("FILE_TOO_LARGE", f"{path} in the sandbox has more than {limit_bytes} bytes.")
    return bytes(data)
