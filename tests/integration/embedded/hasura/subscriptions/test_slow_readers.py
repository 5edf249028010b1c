"""Clients that do not read: what the engine keeps for them, and what they find when they read again."""

from pathlib import Path

from tests.integration.embedded.hasura.engine import Engine
from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY

MEGABYTE = 1024 * 1024


def resident_bytes(engine: Engine) -> int:
    status = Path(f"/proc/{engine.process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


async def test_of_a_live_query_a_slow_reader_costs_one_result_and_gets_the_newest(live_engine, socket, database):
    await database.execute("INSERT INTO note (owner, text) VALUES ('ann', repeat('x', 1000000))")
    async with socket(LEGACY, init={}, max_queue=1, max_size=None) as slow, socket(init={}, max_size=None) as quick:
        query = "subscription { note { rank text } }"
        await slow.start("1", query)
        await quick.start("1", query)
        await quick.data()
        before = resident_bytes(live_engine)

        for n in range(1, 61):
            await database.execute("UPDATE note SET rank = $1", n)
            while (await quick.data())["note"][0]["rank"] < n:
                pass
        grown = resident_bytes(live_engine) - before

        seen = []
        while not seen or seen[-1] < 60:
            seen.append((await slow.data())["note"][0]["rank"])
    assert grown < 40 * MEGABYTE
    assert len(seen) < 50
    assert seen == sorted(seen)


async def test_a_stream_waits_for_its_slow_reader(live_engine, socket, database):
    await database.execute(
        "INSERT INTO event (owner, body) SELECT 'ann', repeat('x', 1000000) FROM generate_series(1, 60)"
    )
    query = "subscription { event_stream(batch_size: 1, cursor: {initial_value: {id: 0}}) { id body } }"
    async with socket(LEGACY, init={}, max_queue=1, max_size=None) as slow, socket(init={}, max_size=None) as quick:
        before = resident_bytes(live_engine)
        await slow.start("1", query)
        await quick.start("1", query)
        for n in range(1, 61):
            assert (await quick.data())["event_stream"][0]["id"] == n
        grown = resident_bytes(live_engine) - before

        seen = [(await slow.data())["event_stream"][0]["id"] for _ in range(60)]
    assert grown < 40 * MEGABYTE
    assert seen == list(range(1, 61))


async def test_who_does_not_read_is_answered_no_faster_and_keeps_nobody_waiting(live_engine, socket, database):
    await database.execute("INSERT INTO note (owner, text) VALUES ('ann', repeat('x', 1000000))")
    async with socket(LEGACY, init={}, max_queue=1, max_size=None) as slow, socket(init={}) as other:
        before = resident_bytes(live_engine)

        for n in range(100):
            await slow.start(str(n), "{ note { text } }")
        for n in range(100):
            await other.start(str(n), "{ note { rank } }")
            assert await other.data() == {"note": [{"rank": 0}]}
            assert (await other.receive())["type"] == "complete"
        grown = resident_bytes(live_engine) - before

        answered = [(await slow.receive())["id"] for _ in range(200)]
    assert grown < 40 * MEGABYTE
    assert answered == [str(n) for n in range(100) for _ in range(2)]
