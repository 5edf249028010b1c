"""Files into the sandbox, several in one multipart body, streamed: the server holds pieces, never files."""

from dataclasses import dataclass
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from embedded.daytona.refusals import Refusal, bad_request
from embedded.daytona.sandbox.connection import Connection
from embedded.daytona.sandbox.running import Running
from embedded.daytona.toolbox.target import running

_PATH_BYTES_MAX = 64 * 1024
_FIELD_SUFFIXES = (".path", ".file")


@dataclass(frozen=True)
class _Part:
    """The beginning of a part, by its field name."""

    name: str


@dataclass(frozen=True)
class _Piece:
    """Some of a part's content."""

    content: bytes


@dataclass(frozen=True)
class _PartEnd:
    """The end of a part."""


_Event = _Part | _Piece | _PartEnd


class _Reader:
    """The multipart parser's callbacks, as events."""

    def __init__(self, boundary: bytes) -> None:
        self.events: list[_Event] = []
        self._field = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self.is_complete = False
        callbacks: Any = {
            "on_header_field": self._add_to_field,
            "on_header_value": self._add_to_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_part,
            "on_part_data": self._add_content,
            "on_part_end": self._end_part,
            "on_end": self._complete,
        }
        self.parser = MultipartParser(boundary, callbacks)

    def _add_to_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _add_to_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _add_content(self, data: bytes, start: int, end: int) -> None:
        self.events.append(_Piece(bytes(data[start:end])))

    def _end_part(self) -> None:
        self.events.append(_PartEnd())

    def _end_header(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _begin_part(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self.events.append(_Part(options.get(b"name", b"").decode("utf-8", "replace")))
        self._headers = {}

    def _complete(self) -> None:
        self.is_complete = True


class _Upload:
    """The files of one request, one after another."""

    def __init__(self, sandbox: Running) -> None:
        self._sandbox = sandbox
        self._paths: dict[str, str] = {}
        self._part = ""
        self._path = b""
        self._leaving: Any = None
        self._connection: Connection | None = None
        self.written: list[dict[str, Any]] = []
        self.errors: list[str] = []

    async def take(self, event: _Event) -> None:
        """Go on with the next event."""
        match event:
            case _Part(name):
                await self._begin(name)
            case _Piece(content) if self._part.endswith(".path"):
                self._path += content
                if len(self._path) > _PATH_BYTES_MAX:
                    raise bad_request("a path is too long")
            case _Piece(content):
                await self._try(self._send(content))
            case _PartEnd():
                await self._end()

    async def _begin(self, name: str) -> None:
        if not name.endswith(_FIELD_SUFFIXES):
            raise bad_request(f"unknown field {name}")
        self._part, self._path = name, b""
        if name.endswith(".file"):
            if (path := self._paths.get(name.removesuffix(".file"))) is None:
                raise bad_request(f"{name} comes without its path before it")
            await self._try(self._open(path))

    async def _open(self, path: str) -> None:
        operation = self._sandbox.operation()
        self._connection = await operation.__aenter__()
        self._leaving = operation
        await self._connection.send_json({"op": "write", "path": path})

    async def _send(self, content: bytes) -> None:
        if self._connection is not None:
            await self._connection.send_data(content)

    async def _end(self) -> None:
        if self._part.endswith(".path"):
            path = self._path.decode("utf-8", "replace")
            if not path or "\0" in path:
                raise bad_request("a path is empty or contains a null character")
            self._paths[self._part.removesuffix(".path")] = path
        elif self._connection is not None:
            await self._try(self._finish())

    async def _finish(self) -> None:
        if self._connection is not None:
            await self._connection.send_end()
            reply = await self._connection.receive_json()
            path = self._paths[self._part.removesuffix(".file")]
            self.written.append({"path": path, "bytes": int(reply["bytes"])})
            await self.close()

    async def _try(self, step: Any) -> None:
        """One step; a failure is noted, and the rest of its file passed over."""
        try:
            await step
        except Refusal as refusal:
            path = self._paths.get(self._part.removesuffix(".file"), "")
            self.errors.append(f"{path}: {refusal.message}")
            await self.close()

    async def close(self) -> None:
        """Hang up on a file that is not finished; the agent then leaves nothing of it."""
        leaving, self._leaving, self._connection = self._leaving, None, None
        if leaving is not None:
            await leaving.__aexit__(None, None, None)


async def upload(request: Request) -> JSONResponse:
    """The written files, or all errors with status 400."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise bad_request("the body must be multipart/form-data")
    reader = _Reader(options[b"boundary"])
    uploading = _Upload(running(request))
    try:
        async for piece in request.stream():
            reader.parser.write(piece)
            events, reader.events = reader.events, []
            for event in events:
                await uploading.take(event)
    except MultipartParseError as error:
        raise bad_request("the multipart body is malformed") from error
    finally:
        await uploading.close()
    if not reader.is_complete:
        raise bad_request("the multipart body has no end")
    if uploading.errors:
        return JSONResponse({"errors": uploading.errors}, status_code=400)
    return JSONResponse({"files": uploading.written})


ROUTES = [Route("/files/bulk-upload", upload, methods=["POST"])]
