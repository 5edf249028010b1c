"""A thousand live subscribers on the engine: what they cost at rest, and how soon they hear of a change.

There is nothing to compare with among the peers: PostGraphile and strawberry push only what somebody publishes. The
measure is what the same subscribers would cost if each were asked on its own: a thousand statements an interval.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import asyncpg
import psutil
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.engine.peers.processes import SECRET

QUERIES, PROJECTS = 50, 20
_AT_ONCE = 50
_REST_S = 10
_CHANGES = 10
_WITHIN_S = 60


@dataclass(frozen=True)
class LiveFigures:
    """What was measured; latencies are from the change's commit until a subscriber has the new rows."""

    subscribers: int
    queries: int
    statements_per_s: float
    cpu_percent: float
    memory_mib: float
    first_ms: float
    change_p50_ms: float
    change_max_ms: float


@dataclass
class _Subscriber:
    project: int
    socket: ClientConnection
    heard: list[float] = field(default_factory=list[float])


async def measure(port: int, pid: int, database_url: str, memory_mib: Any, changes: int = _CHANGES) -> LiveFigures:
    """The figures of one run against a running engine."""
    database = await asyncpg.connect(database_url)
    began = time.perf_counter()
    subscribers = await _subscribed(port)
    listening = [asyncio.create_task(_listen(one)) for one in subscribers]
    await _until(lambda: all(one.heard for one in subscribers))
    first_ms = (time.perf_counter() - began) * 1000
    per_s, cpu = await _at_rest(database, pid)
    latencies = [latency for number in range(changes) for latency in await _change(database, subscribers, number)]
    memory = memory_mib()
    for task in listening:
        task.cancel()
    await asyncio.gather(*(one.socket.close() for one in subscribers))
    await database.close()
    return LiveFigures(
        len(subscribers), QUERIES, per_s, cpu, memory, first_ms, median(latencies) * 1000, max(latencies) * 1000
    )


async def _subscribed(port: int) -> Sequence[_Subscriber]:
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(query: int, project: int) -> _Subscriber:
        async with limit:
            socket = await connect(
                f"ws://127.0.0.1:{port}/v1/graphql",
                subprotocols=["graphql-transport-ws"],
                max_size=None,
                ping_interval=None,
            )
            headers = {"X-Hasura-Admin-Secret": SECRET, "X-Hasura-Role": "reader"}
            await socket.send(json.dumps({"type": "connection_init", "payload": {"headers": headers}}))
            payload = {"query": _text(query), "variables": {"project": project}}
            while json.loads(await socket.recv())["type"] != "connection_ack":
                pass
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
            return _Subscriber(project, socket)

    return await asyncio.gather(*(one(q, p) for q in range(QUERIES) for p in range(1, PROJECTS + 1)))


def _text(number: int) -> str:
    return (
        f"subscription live($project: Int!) {{ task(where: {{project_id: {{_eq: $project}}}}, order_by: {{id: asc}},"
        f" limit: 10) {{ id t{number}: title state person {{ name }} }} }}"
    )


async def _listen(subscriber: _Subscriber) -> None:
    async for message in subscriber.socket:
        told = json.loads(message)
        if told["type"] == "next":
            if "errors" in told["payload"]:
                raise RuntimeError(message)
            subscriber.heard.append(time.perf_counter())
        elif told["type"] == "ping":
            await subscriber.socket.send('{"type":"pong"}')


async def _at_rest(database: Any, pid: int) -> tuple[float, float]:
    """Statements a second, and percent of one core that the engine uses, while nothing changes."""
    # A backend tells of its transactions at most once a second, so the count is taken over several of them.
    process = psutil.Process(pid)
    statements, cpu, began = await _committed(database), sum(process.cpu_times()[:2]), time.perf_counter()
    await asyncio.sleep(_REST_S)
    elapsed = time.perf_counter() - began
    per_s = (await _committed(database) - statements) / elapsed
    return per_s, (sum(process.cpu_times()[:2]) - cpu) / elapsed * 100


async def _committed(database: Any) -> int:
    return await database.fetchval("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")


async def _change(database: Any, subscribers: Sequence[_Subscriber], number: int) -> list[float]:
    """How long each subscriber of one project took to hear that a row of it has changed."""
    project = 1 + number % PROJECTS
    concerned = [one for one in subscribers if one.project == project]
    before = {id(one): len(one.heard) for one in concerned}
    await database.execute(
        "UPDATE task SET title = title || '.' WHERE id = (SELECT min(id) FROM task WHERE project_id = $1)", project
    )
    committed = time.perf_counter()
    await _until(lambda: all(len(one.heard) > before[id(one)] for one in concerned))
    # The next change comes at another moment of the interval.
    await asyncio.sleep(0.137 * (number % 7))
    return [one.heard[before[id(one)]] - committed for one in concerned]


async def _until(condition: Any) -> None:
    async with asyncio.timeout(_WITHIN_S):
        while not condition():  # noqa: ASYNC110  - many sockets, one condition
            await asyncio.sleep(0.01)
