"""A websocket client that speaks no GraphQL of its own: it sends and receives messages as they are."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.integration.embedded.hasura.engine import ADMIN_SECRET, Engine

LEGACY = "graphql-ws"
TRANSPORT = "graphql-transport-ws"
ALIVE = ("ka", "ping")

WITHIN_S = 10


class Socket:
    """One socket; messages that only say the server is alive are left out unless they are asked for."""

    def __init__(self, raw: ClientConnection) -> None:
        self.raw = raw

    @property
    def modern(self) -> bool:
        return self.raw.subprotocol == TRANSPORT

    async def send(self, **message: Any) -> None:
        await self.raw.send(json.dumps(message))

    async def start(self, id: str, query: str, /, **variables: Any) -> None:  # noqa: A002  - as on the wire
        kind = "subscribe" if self.modern else "start"
        await self.send(type=kind, id=id, payload={"query": query, "variables": variables})

    async def stop(self, id: str) -> None:  # noqa: A002  - as on the wire
        await self.send(type="complete" if self.modern else "stop", id=id)

    async def receive(self, within_s: float = WITHIN_S, *, alive: bool = False) -> dict[str, Any]:
        async with asyncio.timeout(within_s):
            while True:
                message = json.loads(await self.raw.recv())
                if alive or message["type"] not in ALIVE:
                    return message

    async def data(self) -> Any:
        """The data of the next message, which must be a result."""
        message = await self.receive()
        assert message["type"] == ("next" if self.modern else "data"), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def silent(self, for_s: float) -> None:
        """Nothing is sent for so long."""
        try:
            message = await self.receive(for_s)
        except TimeoutError:
            return
        raise AssertionError(f"unexpected {message}")

    async def closed(self, within_s: float = WITHIN_S) -> tuple[int, str]:
        """The code and reason with which the engine closes the socket; what it says before is passed over."""
        async with asyncio.timeout(within_s):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.raw.recv()
        assert self.raw.close_code is not None
        return self.raw.close_code, self.raw.close_reason or ""


@asynccontextmanager
async def opened(
    engine: Engine,
    protocol: str | None = LEGACY,
    *,
    init: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    path: str = "/v1/graphql",
    **options: Any,
) -> AsyncGenerator[Socket]:
    """A socket; with `init` it is initialised with these headers and the admin secret."""
    url = str(engine.client.base_url).replace("http", "ws", 1).rstrip("/") + path
    offered = None if protocol is None else [Subprotocol(name) for name in protocol.split()]
    async with connect(url, subprotocols=offered, additional_headers=headers, proxy=None, **options) as raw:
        socket = Socket(raw)
        if init is not None:
            sent = {"X-Hasura-Admin-Secret": ADMIN_SECRET, **init}
            await socket.send(type="connection_init", payload={"headers": sent})
            assert (await socket.receive())["type"] == "connection_ack"
        yield socket
