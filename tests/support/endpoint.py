"""A real HTTP server on loopback that stands for somebody's system, and keeps what it was sent."""

import contextlib
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Endpoint:
    """The server's address, what it was sent, and what it answers: `/silent` never, `/broken` 500, `/echo` its headers.

    `/dripping` answers late and then byte after byte, for thirty seconds. What begins with one of `denied` gets 401.

    `hold` is what a silent answer waits for, so that nobody has to wait for its end.
    """

    url: str
    received: list[Received] = field(default_factory=list[Received])
    hold: threading.Event = field(default_factory=threading.Event)
    denied: list[str] = field(default_factory=list[str])

    def denies(self, path: str) -> bool:
        """Whether nobody is let in there."""
        return any(path.startswith(one) for one in self.denied)

    def drip(self, out: BufferedIOBase) -> None:
        """A byte now and then, until whoever reads has gone."""
        with contextlib.suppress(OSError):
            for _ in range(300):
                out.write(b".")
                if self.hold.wait(0.1):
                    return

    def sent_to(self, path: str) -> list[Received]:
        """What was sent to a path, in the order in which it came."""
        return [one for one in self.received if one.target.partition("?")[0] == path]


@contextmanager
def serving_endpoint() -> Generator[Endpoint]:
    """A server that answers 200 to what it is asked and 201 to what it is sent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}")
    server.endpoint = endpoint  # type: ignore[attr-defined]  - what its handlers find it by
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        endpoint: Endpoint = self.server.endpoint  # type: ignore[attr-defined]  - set above
        length = int(self.headers.get("content-length") or 0)
        received = Received(
            self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, self.rfile.read(length)
        )
        endpoint.received.append(received)
        path = self.path.partition("?")[0]
        if path == "/silent":
            endpoint.hold.wait(30)
            return
        if path == "/dripping":
            endpoint.hold.wait(0.9)
            self.send_response(200)
            self.end_headers()
            endpoint.drip(self.wfile)
            return
        status = 500 if path == "/broken" else 200 if self.command in ("GET", "HEAD") else 201
        if endpoint.denies(path):
            status = 401
        said = received.headers if path == "/echo" else {"made": received.body.decode(errors="replace")}
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  - the library's name
        """Says nothing: tests look at what was received."""
