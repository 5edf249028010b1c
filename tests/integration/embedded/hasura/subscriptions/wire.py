"""A Postgres in between that counts what is asked over the connections of subscriptions."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

_SUBSCRIPTIONS = b"application_name\0hasura-subscriptions\0"
_ASKS_FOR_SSL = bytes.fromhex("0000000804d2162f")
_EXECUTE = ord("E")
_PARSE = ord("P")


class Wire:
    """Passes bytes on in both directions; `executed` and `parsed` count statements run and statements prepared."""

    def __init__(self, target: str) -> None:
        self.executed = 0
        self.parsed = 0
        self.url = ""
        self._target = urlsplit(target)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_read, to_write = await asyncio.open_connection(self._target.hostname, self._target.port)
        ways = {asyncio.create_task(self._ask(reader, to_write)), asyncio.create_task(_pass_on(to_read, writer))}
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            writer.close()
            to_write.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        start = _ASKS_FOR_SSL
        while start == _ASKS_FOR_SSL:
            length = await reader.readexactly(4)
            start = length + await reader.readexactly(int.from_bytes(length) - 4)
            writer.write(start)
        counted = _SUBSCRIPTIONS in start
        while True:
            head = await reader.readexactly(5)
            body = await reader.readexactly(int.from_bytes(head[1:]) - 4)
            writer.write(head + body)
            await writer.drain()
            if counted:
                self.executed += head[0] == _EXECUTE
                self.parsed += head[0] == _PARSE


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


@asynccontextmanager
async def counting(database_url: str) -> AsyncGenerator[Wire]:
    wire = Wire(database_url)
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    parts = urlsplit(database_url)
    port = server.sockets[0].getsockname()[1]
    wire.url = urlunsplit(parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}"))
    async with server:
        yield wire
