"""A platform that says exactly what it is told to, over HTTP and over graphql-transport-ws on this machine."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

Answer = Callable[[], Response]
Scene = Callable[["Socket"], Awaitable[None]]
OK = {"endpoint": [{"id": "1f0c7f9e-3a2b-4c7d-8e5f-6a7b8c9d0e1f", "name": "repository", "state": "active"}]}


def data(of: Any = OK) -> Answer:
    return lambda: JSONResponse({"data": of})


def refused(code: str, *, retry: bool | None = None) -> Answer:
    extensions = {"code": code} if retry is None else {"code": code, "retry": retry}
    return lambda: JSONResponse({"errors": [{"message": f"No: {code}.", "extensions": extensions}]})


def status(code: int) -> Answer:
    return lambda: Response("a page for people", status_code=code)


def raw(text: str) -> Answer:
    return lambda: Response(text, media_type="application/json")


def dropped() -> Response:
    """An answer whose connection ends in its middle."""

    async def some() -> AsyncGenerator[bytes]:
        yield b'{"data": '

    return StreamingResponse(some(), headers={"content-length": "1000"})


@dataclass
class Socket:
    """One websocket whose subscription has begun; `asked` is what was subscribed to."""

    socket: WebSocket
    headers: dict[str, str]
    asked: dict[str, Any]

    async def give(self, of: Any) -> None:
        await self._send("next", {"data": of})

    async def refuse(self, code: str) -> None:
        await self._send("error", [{"message": f"No: {code}.", "extensions": {"code": code}}])

    async def complete(self) -> None:
        await self.socket.send_json({"id": self.asked["id"], "type": "complete"})
        await self.stay()

    async def stay(self) -> None:
        """Until the client leaves."""
        with suppress(WebSocketDisconnect):
            while True:
                await self.socket.receive_json()

    async def close(self, code: int, reason: str = "") -> None:
        await self.socket.close(code, reason)

    async def vanish(self) -> None:
        """End the connection without a word of farewell."""
        raise ConnectionAbortedError

    async def _send(self, kind: str, payload: Any) -> None:
        await self.socket.send_json({"id": self.asked["id"], "type": kind, "payload": payload})


@dataclass
class Platform:
    """Its answers and scenes are used up one after the other; the last answer stays."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    accepts: Callable[[str], bool] = lambda _token: True
    requests: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    subscriptions: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        self.tokens.append(request.headers.get("Authorization", ""))
        self.requests.append(await request.json())
        if not self.accepts(self.tokens[-1]):
            return refused("invalid-jwt")()
        return (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])()

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept("graphql-transport-ws")
        init = await socket.receive_json()
        headers = init["payload"]["headers"]
        self.tokens.append(headers.get("Authorization", ""))
        if not self.accepts(self.tokens[-1]):
            await socket.close(4403, "Could not verify JWT: JWTExpired")
            return
        await socket.send_json({"type": "connection_ack"})
        asked = await socket.receive_json()
        self.subscriptions.append(asked["payload"])
        await self.scenes.pop(0)(Socket(socket, headers, asked))


@asynccontextmanager
async def running(port: int = 0) -> AsyncGenerator[Platform]:
    platform = Platform()
    app = Starlette(
        routes=[Route("/graphql", platform.answer, methods=["POST"]), WebSocketRoute("/graphql", platform.serve)]
    )
    listening = socket.create_server(("127.0.0.1", port))
    platform.url = f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
    config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    # Without its signal handlers, which are the test's own.
    serving = asyncio.create_task(server._serve([listening]))
    try:
        yield platform
    finally:
        server.should_exit = True
        await serving


def sent(request: dict[str, Any]) -> str:
    """A request as bytes, for telling whether two are the same."""
    return json.dumps(request, sort_keys=True)
