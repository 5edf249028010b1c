"""Files out of the sandbox, several in one multipart reply, streamed."""

import json
import secrets
from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from embedded.daytona import envelope
from embedded.daytona.refusals import Refusal, bad_request
from embedded.daytona.requests import body_of, text_list
from embedded.daytona.sandbox.running import Running
from embedded.daytona.toolbox.target import running

_PATHS_MAX = 1_000


async def download(request: Request) -> StreamingResponse:
    """Each file, or why it cannot be had, as one part."""
    sandbox = running(request)
    paths = text_list(await body_of(request), "paths")
    if not paths or len(paths) > _PATHS_MAX:
        raise bad_request(f"paths must hold between 1 and {_PATHS_MAX} paths")
    # A boundary that file content cannot foresee.
    boundary = secrets.token_hex(24)
    return StreamingResponse(
        _parts(request, sandbox, paths, boundary), media_type=f"multipart/form-data; boundary={boundary}"
    )


async def _parts(request: Request, sandbox: Running, paths: list[str], boundary: str) -> AsyncIterator[bytes]:
    for path in paths:
        async with sandbox.operation() as opened:
            await opened.send_json({"op": "read", "path": path})
            try:
                size_bytes = int((await opened.receive_json())["size"])
            except Refusal as refusal:
                error = json.dumps(envelope.fields(refusal, request)).encode()
                yield _head(boundary, "error", path, len(error), "application/json") + error + b"\r\n"
                continue
            yield _head(boundary, "file", path, size_bytes, "application/octet-stream")
            # A failure from here on breaks the reply off: the missing end tells the client.
            async for piece in opened.pieces():
                yield piece
            yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _head(boundary: str, name: str, path: str, size_bytes: int, content_type: str) -> bytes:
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in path)
    disposition = f'form-data; name="{name}"; filename="{plain}"; filename*=utf-8\'\'{quote(path, safe="")}'
    return (
        f"--{boundary}\r\nContent-Disposition: {disposition}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {size_bytes}\r\n\r\n"
    ).encode()


ROUTES = [Route("/files/bulk-download", download, methods=["POST"])]
