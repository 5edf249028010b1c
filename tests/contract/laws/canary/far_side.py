"""Servers beyond the product that get a credential and give it back in every way that they can think of.

What they give back they have read from the request: whatever the product hides, they know it.
"""

import base64
import json
import socketserver
import time
import urllib.parse
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import ClassVar

from tests.contract.laws.canary.values import writings

_REQUEST_BYTES_MAX = 1 << 20
# Longer than the readiness contracts of these tests wait.
_LATE_S = 1.0
_GATE_S = 240


@dataclass
class Heard:
    """A request, and the credential that it bore."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def credential(self) -> str:
        """The value in whichever place the auth contract puts it."""
        kind, _, given = self.headers.get("authorization", "").partition(" ")
        if kind == "Bearer":
            return given
        if kind == "Basic":
            return base64.b64decode(given).decode().partition(":")[2]
        if "x-api-key" in self.headers:
            return self.headers["x-api-key"]
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        return query.get("api_key", ["none"])[0]

    @property
    def echo(self) -> str:
        """The credential in every way to write it, a line for each."""
        return "\n".join(f"{how}: {text}" for how, text in writings(self.credential).items())


Answer = Callable[[Heard], bytes | list[bytes]]


def answer(status: str, body: str | bytes = b"", *headers: str) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", "Connection: close", *headers))
    return head.encode() + b"\r\n\r\n" + data


def _in_two_chunks(heard: Heard) -> list[bytes]:
    body = f'{{"status": "{heard.credential}"}}'.encode()
    half = len(body) // 2
    head = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
    )
    chunks = [f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (body[:half], body[half:])]
    return [head + chunks[0], chunks[1] + b"0\r\n\r\n"]


def _late(heard: Heard) -> bytes:
    time.sleep(_LATE_S)
    return answer("200 OK", heard.echo)


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="")


# By the first part of the path. Those of `READY` satisfy a readiness contract, all others fail one.
READY: dict[str, Answer] = {
    "ready": lambda heard: answer("200 OK", json.dumps({"status": "ok", "about": heard.echo})),
    "ready-in-a-header": lambda heard: answer("200 OK", '{"status": "ok"}', f"X-Echo: {heard.credential}"),
}
FAILING: dict[str, Answer] = {
    "denied": lambda heard: answer("401 Unauthorized", heard.echo, 'WWW-Authenticate: Basic realm="x"'),
    "fault": lambda heard: answer("503 Service Unavailable", heard.echo, f"Retry-After: {heard.credential}"),
    "reason": lambda heard: answer(f"503 {heard.credential}", heard.echo),
    "not-json": lambda heard: answer("200 OK", heard.echo),
    "another-value": lambda heard: answer("200 OK", json.dumps({"status": heard.echo})),
    "another-member": lambda heard: answer("200 OK", json.dumps({heard.credential: 1})),
    "two-chunks": _in_two_chunks,
    "redirect": lambda heard: answer(
        "302 Found", b"", f"Location: https://other.test/?key={_quoted(heard.credential)}"
    ),
    "redirect-with-user": lambda heard: answer(
        "302 Found", b"", f"Location: https://user:{heard.credential}@other.test/"
    ),
    "redirect-to-port": lambda heard: answer("302 Found", b"", f"Location: https://other.test:{heard.credential}/"),
    "no-status": lambda heard: f"HTTP/1.1 {heard.credential}\r\n\r\n".encode(),
    "no-header": lambda heard: f"HTTP/1.1 200 OK\r\nX-Echo {heard.credential}\r\n\r\n".encode(),
    "bad-length": lambda heard: f"HTTP/1.1 200 OK\r\nContent-Length: {heard.credential}\r\n\r\n".encode(),
    "not-gzip": lambda heard: answer("200 OK", heard.echo, "Content-Encoding: gzip"),
    "nothing": lambda _: b"",
    "late": _late,
}


@dataclass
class Gate:
    """Requests wait here while it is shut; `waiting` says that one has come."""

    waiting: Event = field(default_factory=Event)
    open: Event = field(default_factory=Event)

    def pass_through(self) -> None:
        self.waiting.set()
        self.open.wait(timeout=_GATE_S)


class _Handler(socketserver.StreamRequestHandler):
    answers: ClassVar[dict[str, Answer]]

    def handle(self) -> None:
        line = self.rfile.readline(_REQUEST_BYTES_MAX).decode("latin-1").split(" ")
        headers: dict[str, str] = {}
        while (header := self.rfile.readline(_REQUEST_BYTES_MAX).decode()) not in {"\r\n", ""}:
            name, _, value = header.partition(":")
            headers[name.strip().lower()] = value.strip()
        if len(line) < 2:
            return
        body = self._body(headers)
        answered = self.answers[line[1].split("/")[1].split("?")[0]](Heard(line[0], line[1], headers, body))
        for piece in [answered] if isinstance(answered, bytes) else answered:
            self.wfile.write(piece)
            self.wfile.flush()

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(headers.get("content-length", "0")))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body


@contextmanager
def served(answers: dict[str, Answer]) -> Generator[str]:
    """The URL of a server on a free loopback port that answers by the first part of the path."""

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: clients of these tests go away in the middle."""

    handler = type("Handler", (_Handler,), {"answers": answers})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
