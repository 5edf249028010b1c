"""Handlers asked over real sockets: connections kept, lost, and given up."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import pytest_asyncio

from embedded.hasura.actions.call import Handlers, UnreachableError
from embedded.hasura.actions.exchange import Outgoing
from tests.support.waiting import until

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Serving = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Counts connections, and treats each as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.connections = 0
        self.open = 0
        self.requests = 0
        self.serving: Serving = self.answer_all

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            await self.serving(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def request(self, reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), 0)
        await reader.readexactly(length)
        self.requests += 1

    async def answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await self.request(reader)
            writer.write(OK)


@pytest_asyncio.fixture
async def server():
    raw = RawServer()
    listening = await asyncio.start_server(raw.connected, "127.0.0.1", 0)
    raw.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/x"
    yield raw
    listening.close()


@pytest_asyncio.fixture
async def handlers():
    made = Handlers()
    await made.open()
    yield made
    await made.close()


def request(server, timeout_s=5.0, method="POST"):
    return Outgoing(method, server.url, [("Content-Type", "application/json")], b"{}", timeout_s)


async def test_one_connection_serves_requests_one_after_the_other(server, handlers):
    answers = [await handlers.send(request(server)) for _ in range(10)]

    assert [answer.text for answer in answers] == ["ok"] * 10
    assert (server.connections, server.requests) == (1, 10)


async def test_requests_at_the_same_time_have_connections_of_their_own_which_are_kept(server, handlers):
    meeting = asyncio.Barrier(5)

    async def together(reader, writer):
        while True:
            await server.request(reader)
            if server.requests <= 5:
                await meeting.wait()
            writer.write(OK)

    server.serving = together

    await asyncio.gather(*(handlers.send(request(server)) for _ in range(5)))
    for _ in range(5):
        await handlers.send(request(server))

    assert server.connections == 5


async def test_a_connection_that_was_closed_meanwhile_is_replaced(server, handlers):
    async def once(reader, writer):
        await server.request(reader)
        writer.write(OK)

    server.serving = once
    await handlers.send(request(server))
    await until(lambda: server.open == 0, within_s=5, what="the end of the connection")

    assert (await handlers.send(request(server))).text == "ok"
    assert server.connections == 2


async def test_a_request_that_met_a_closing_connection_is_sent_again_once(server, handlers):
    async def close_on_the_second(reader, writer):
        await server.request(reader)
        writer.write(OK)
        await reader.readexactly(1)

    server.serving = close_on_the_second
    await handlers.send(request(server))

    assert (await handlers.send(request(server))).text == "ok"
    assert server.connections == 2


async def test_a_new_connection_that_is_closed_is_not_tried_again(server, handlers):
    async def refuse(reader, _):
        await server.request(reader)

    server.serving = refuse

    with pytest.raises(UnreachableError, match="ConnectionFailure"):
        await handlers.send(request(server))
    assert server.connections == 1


async def test_an_answer_that_had_begun_is_not_asked_for_again(server, handlers):
    async def half(reader, writer):
        await server.request(reader)
        writer.write(OK if server.requests == 1 else OK[:-1])
        if server.requests == 1:
            await server.request(reader)
            writer.write(OK[:-1])
            await writer.drain()

    server.serving = half
    await handlers.send(request(server))

    with pytest.raises(UnreachableError, match="ConnectionFailure"):
        await handlers.send(request(server))
    assert server.connections == 1


async def test_an_answer_that_takes_too_long_ends_its_connection(server, handlers):
    async def never(reader, _):
        await server.request(reader)
        await reader.read()

    server.serving = never

    with pytest.raises(UnreachableError, match="ResponseTimeout"):
        await handlers.send(request(server, timeout_s=0.2))
    await until(lambda: server.open == 0, within_s=5, what="the end of the connection")


async def test_a_dribbling_answer_is_bounded_by_the_timeout_too(server, handlers):
    async def dribble(reader, writer):
        await server.request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.wait_for(asyncio.shield(asyncio.get_running_loop().create_future()), 0.05)

    async def patient(reader, writer):
        try:
            await dribble(reader, writer)
        except TimeoutError:
            await reader.read()

    server.serving = patient

    with pytest.raises(UnreachableError, match="ResponseTimeout"):
        await handlers.send(request(server, timeout_s=0.3))


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
async def test_what_is_no_http_is_a_failure(server, handlers, sent):
    async def nonsense(reader, writer):
        await server.request(reader)
        writer.write(sent)
        await reader.read()

    server.serving = nonsense

    with pytest.raises(UnreachableError, match="ConnectionFailure"):
        await handlers.send(request(server))


async def test_nobody_listening_and_no_address_are_failures(handlers):
    for url in ("http://127.0.0.1:9/x", "nowhere", "http://far/\n"):
        with pytest.raises(UnreachableError):
            await handlers.send(Outgoing("POST", url, [], b"{}", 5))


async def test_a_large_answer_in_chunks_arrives_whole(server, handlers):
    piece = bytes(range(256)).replace(b"\r", b".").decode("latin-1").encode()

    async def chunks(reader, writer):
        while True:
            await server.request(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(2_000):
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                await writer.drain()
            writer.write(b"0\r\n\r\n")

    server.serving = chunks

    first, second = await handlers.send(request(server)), await handlers.send(request(server))

    assert first.text.encode() == piece * 2_000
    assert second.text == first.text
    assert server.connections == 1


async def test_a_caller_that_gives_up_ends_its_connection(server, handlers):
    async def never(reader, _):
        await server.request(reader)
        await reader.read()

    server.serving = never
    task = asyncio.create_task(handlers.send(request(server)))
    await until(lambda: server.requests, within_s=5, what="the request")

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    await until(lambda: server.open == 0, within_s=5, what="the end of the connection")
