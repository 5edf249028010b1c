"""The pool, over connections that do what a test tells them."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute import pool as pools
from embedded.hasura.execute.pool import Pool


class Fake:
    """A connection whose statements end when `release` is set, or fail with what `fails` holds."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.lost = self.closed = False
        self.used_at = 0.0
        self.release = asyncio.Event()
        self.release.set()
        self.fails: list[BaseException] = []

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[tuple[int]]:
        del sql, arguments
        await self.release.wait()
        if self.fails:
            raise self.fails.pop(0)
        return [(self.number,)]

    async def close(self) -> None:
        self.lost = self.closed = True

    def terminate(self) -> None:
        self.lost = True


class Server:
    """Makes connections, or refuses to."""

    def __init__(self) -> None:
        self.made: list[Fake] = []
        self.refusal: Exception | None = None

    async def connect(self) -> Any:
        await asyncio.sleep(0)
        if self.refusal is not None:
            raise self.refusal
        self.made.append(Fake(len(self.made)))
        return self.made[-1]

    def pool(self, size_max: int) -> Pool:
        return Pool(self.connect, size_max=size_max, statement_timeout_ms=1_000)


async def turns(count: int = 5) -> None:
    """Let everything that can go on go on."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_the_connection_used_last_is_used_next():
    server = Server()
    pool = server.pool(3)
    await asyncio.gather(*(pool.fetch("") for _ in range(3)))

    assert len(server.made) == 3
    assert len({(await pool.fetchval("")) for _ in range(5)}) == 1


async def test_no_more_connections_are_made_than_allowed_and_waiters_come_in_turn():
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    ended: list[int] = []

    async def ask(number: int) -> None:
        await pool.fetch("")
        ended.append(number)

    asking = [asyncio.create_task(ask(number)) for number in range(20)]
    await turns()
    server.made[0].release.set()
    await asyncio.gather(*asking)

    assert ended == list(range(20))
    assert len(server.made) == 1
    await pool.close()


async def test_too_many_that_wait_are_refused(monkeypatch):
    monkeypatch.setattr(pools, "_WAITING_MAX", 2)
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    asking = [asyncio.create_task(pool.fetch("")) for _ in range(3)]
    await turns()

    with pytest.raises(EngineError, match="too many requests wait") as refused:
        await pool.fetch("")

    assert refused.value.code == "postgres-max-connections-error"
    server.made[0].release.set()
    assert len(await asyncio.gather(*asking)) == 3
    await pool.close()


async def test_who_waits_too_long_is_told_and_does_not_take_a_connection(monkeypatch):
    monkeypatch.setattr(pools, "_WATCH_S", 0.01)
    monkeypatch.setattr(pools, "_SILENCE_S", -0.99)
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    running = asyncio.create_task(pool.fetch(""))
    await turns()

    with pytest.raises(EngineError, match="no connection to the database became free in time"):
        await asyncio.wait_for(pool.fetch(""), 5)

    server.made[0].release.set()
    await asyncio.gather(running, return_exceptions=True)
    assert await pool.fetchval("") is not None
    await pool.close()


async def test_who_stops_waiting_leaves_no_trace():
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    running, waiting = asyncio.create_task(pool.fetch("")), asyncio.create_task(pool.fetch(""))
    await turns()

    waiting.cancel()
    server.made[0].release.set()
    await running

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await pool.fetchval("") == 0
    await pool.close()


async def test_a_connection_handed_over_in_the_moment_of_giving_up_is_not_lost():
    server = Server()
    pool = server.pool(1)
    taken = await pool._taken()
    waiting = asyncio.create_task(pool.fetch(""))
    await turns()

    pool._give_back(taken)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert waiting.cancelled()
    assert await asyncio.wait_for(pool.fetchval(""), 1) == 0


async def test_connections_lost_while_idle_are_replaced():
    server = Server()
    pool = server.pool(3)
    await asyncio.gather(*(pool.fetch("") for _ in range(3)))
    for connection in server.made:
        connection.lost = True

    assert sorted([await pool.fetchval("") for _ in range(3)]) == [3, 3, 3]


async def test_a_farewell_found_on_idle_connections_is_no_error():
    server = Server()
    pool = server.pool(3)
    await asyncio.gather(*(pool.fetch("") for _ in range(3)))
    for connection in server.made:
        connection.fails.append(asyncpg.InternalClientError("another operation (2) is in progress"))

    assert await pool.fetchval("") == 3
    assert all(connection.lost for connection in server.made[:3])


async def test_a_statement_whose_connection_is_lost_is_run_once_more_but_not_twice():
    server = Server()
    pool = server.pool(2)
    await pool.open()

    def dies(connection: Fake) -> None:
        async def fetch(sql: str, arguments: Sequence[Any]) -> Any:
            del sql, arguments
            connection.lost = True
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

        connection.fetch = fetch  # type: ignore[method-assign]  - the fault is planted

    dies(server.made[0])
    assert await pool.fetchval("") == 1

    made = server.connect

    async def connect() -> Any:
        connection = await made()
        dies(connection)
        return connection

    pool._connect = connect
    dies(server.made[1])
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await pool.fetch("")
    assert len(server.made) == 3


async def test_an_error_of_the_statement_is_told_and_the_connection_stays():
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].fails.append(asyncpg.DivisionByZeroError("division by zero"))

    with pytest.raises(asyncpg.DivisionByZeroError):
        await pool.fetch("")

    assert await pool.fetchval("") == 0
    await pool.close()


async def test_who_waits_is_told_when_no_connection_can_be_made():
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    running, waiting = asyncio.create_task(pool.fetch("")), asyncio.create_task(pool.fetch(""))
    await turns()

    server.refusal = ConnectionRefusedError("no Postgres")
    server.made[0].lost = True
    server.made[0].fails.append(asyncpg.ConnectionDoesNotExistError("lost"))
    server.made[0].release.set()

    answers = await asyncio.wait_for(asyncio.gather(running, waiting, return_exceptions=True), 1)
    assert all(isinstance(answer, ConnectionRefusedError) for answer in answers)
    server.refusal = None
    assert await asyncio.wait_for(pool.fetchval(""), 1) == 1
    await pool.close()


async def test_a_cancelled_statement_s_connection_is_closed_and_replaced():
    server = Server()
    pool = server.pool(1)
    await pool.open()
    server.made[0].release.clear()
    running = asyncio.create_task(pool.fetch(""))
    await turns()

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await asyncio.wait_for(pool.fetchval(""), 1) == 1
    assert server.made[0].closed
    await pool.close()


async def test_the_watch_drops_what_hangs_and_closes_what_is_old(monkeypatch):
    monkeypatch.setattr(pools, "_WATCH_S", 0)
    server = Server()
    pool = server.pool(3)
    await asyncio.gather(*(pool.fetch("") for _ in range(3)))
    hanging = server.made[await pool.fetchval("")]
    hanging.release.clear()
    running = asyncio.create_task(pool.fetch(""))
    await turns(2)
    for connection in server.made:
        connection.used_at -= 1_000

    watching = asyncio.create_task(pool._watch())
    await turns(20)

    assert hanging.lost
    # Of the two that were idle, one is kept for the next request.
    assert [connection.closed for connection in server.made].count(True) == 1
    watching.cancel()
    running.cancel()
    await asyncio.gather(watching, running, return_exceptions=True)
