"""What many subscribers cost the database."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

from tests.integration.embedded.hasura.engine import running_engine
from tests.integration.embedded.hasura.subscriptions.sockets import Socket, opened
from tests.integration.embedded.hasura.subscriptions.wire import counting
from tests.support.waiting import until

METADATA = str(Path(__file__).parent / "metadata")

INTERVAL_S = 0.5
SOCKETS = 20
QUERIES = 50


async def test_a_thousand_subscribers_of_fifty_queries_cost_fifty_statements_an_interval(live_database, database):
    settings = {"HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": str(int(INTERVAL_S * 1000))}
    async with (
        counting(live_database) as wire,
        running_engine(wire.url, HASURA_GRAPHQL_METADATA_DIR=METADATA, **settings) as engine,
        AsyncExitStack() as stack,
    ):
        sockets = [await stack.enter_async_context(opened(engine, init=owner(n))) for n in range(SOCKETS)]
        await asyncio.gather(*map(subscribe_to_all, sockets))
        prepared = wire.parsed

        before, started = wire.executed, time.monotonic()
        await until(lambda: wire.executed >= before + 4 * QUERIES, within_s=20)
        intervals = (time.monotonic() - started) / INTERVAL_S

        # All pollers have their own clock, so one interval may hold the end of one round and the beginning of another.
        assert (wire.executed - before) / QUERIES <= intervals + 1
        assert wire.parsed - prepared <= 4 * QUERIES

        await database.execute("INSERT INTO note (owner) SELECT 'owner-' || n FROM generate_series(0, 9) n")
        results = [len([await socket.data() for _ in range(QUERIES)]) for socket in sockets[:10]]
        assert results == [QUERIES] * 10
        await asyncio.gather(*(socket.silent(0.2) for socket in sockets[10:]))


def owner(n: int) -> dict[str, str]:
    return {"x-hasura-role": "owner", "x-hasura-user-id": f"owner-{n}", "x-hasura-unused": str(n)}


async def subscribe_to_all(socket: Socket) -> None:
    for n in range(QUERIES):
        await socket.start(str(n), f"subscription {{ note {{ key_{n}: id }} }}")
    assert [await socket.data() for _ in range(QUERIES)] == [{"note": []}] * QUERIES


async def test_subscribers_with_other_values_share_a_statement(live_database, database):
    settings = {"HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": "200"}
    async with (
        counting(live_database) as wire,
        running_engine(wire.url, HASURA_GRAPHQL_METADATA_DIR=METADATA, **settings) as engine,
        opened(engine, init={}) as socket,
    ):
        for n in range(250):
            await socket.start(str(n), f"subscription {{ note(where: {{rank: {{_eq: {n}}}}}) {{ id }} }}")
        for _ in range(250):
            await socket.data()

        before, started = wire.executed, time.monotonic()
        await until(lambda: wire.executed >= before + 15, within_s=20)

        # 250 sets of parameters, 100 in a statement at most. Counting begins in one round and ends in another.
        assert (wire.executed - before) / 3 <= (time.monotonic() - started) / 0.2 + 2
        await database.execute("INSERT INTO note (owner, rank) VALUES ('ann', 7)")
        message = await socket.receive()
        assert (message["id"], message["payload"]) == ("7", {"data": {"note": [{"id": 1}]}})
        await socket.silent(0.5)


async def test_a_poller_ends_with_its_last_subscriber(live_database, database):
    del database
    settings = {"HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL": "50"}
    async with (
        counting(live_database) as wire,
        running_engine(wire.url, HASURA_GRAPHQL_METADATA_DIR=METADATA, **settings) as engine,
        opened(engine, init={}) as staying,
    ):
        async with opened(engine, init={}) as killed:
            for socket in (staying, killed):
                await socket.start("1", "subscription { note { id } }")
                await socket.data()
            await staying.stop("1")
            before = wire.executed
            await until(lambda: wire.executed > before + 3, within_s=5)
            killed.raw.transport.abort()

        async def at_rest() -> bool:
            seen = wire.executed
            await staying.silent(0.3)
            return wire.executed == seen

        await until(at_rest, within_s=5)
