"""One measurement: so many subscribers on one way, and changes at a steady rate."""

import asyncio
import json
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import psutil

_FOLDER = Path(__file__).parent
ROOT = _FOLDER.parents[2]
ORGANIZATIONS = [uuid5(UUID(int=0), f"organization {n}") for n in range(50)]
_ROWS_EACH = 20
_QUIET_S = 1.5
_READY_WITHIN_S = 120
_LINE_MAX_BYTES = 2**28
_UPDATE = """
UPDATE public.live_row
SET number = $3::bigint, steps_done = $3::bigint % 10, headline = 'Step ' || $3::bigint, updated_at = now()
WHERE org_id = $1 AND id = $2
"""


@dataclass(frozen=True)
class Way:
    """A server to measure: its process, its address and how its clients are told apart."""

    name: str
    pid: int
    url: str
    key: str
    tokens: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What came of it; `latencies_ms` are from the commit's acknowledgement to receipt, by all subscribers."""

    way: str
    subscribers: int
    changes: int
    per_s: float
    latencies_ms: Sequence[float]
    lost: int
    duplicated: int
    out_of_order: int
    server_cpu_s: float
    database_cpu_s: float
    memory_mib: float

    @property
    def messages(self) -> int:
        """How many receipts there were."""
        return len(self.latencies_ms)

    def percentile(self, share: float) -> float:
        """The latency that `share` of the receipts did not exceed."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def server_us(self) -> float:
        """The server's processor time for a message, in microseconds."""
        return self.server_cpu_s / self.messages * 1e6

    @property
    def all_us(self) -> float:
        """The same with all of PostgreSQL, which also carries out the changes."""
        return (self.server_cpu_s + self.database_cpu_s) / self.messages * 1e6


def pooled(rounds: Sequence[Outcome]) -> Outcome:
    """What came of several rounds of the same measurement, together."""
    return replace(
        rounds[0],
        changes=sum(one.changes for one in rounds),
        per_s=mean(one.per_s for one in rounds),
        latencies_ms=[latency for one in rounds for latency in one.latencies_ms],
        lost=sum(one.lost for one in rounds),
        duplicated=sum(one.duplicated for one in rounds),
        out_of_order=sum(one.out_of_order for one in rounds),
        server_cpu_s=sum(one.server_cpu_s for one in rounds),
        database_cpu_s=sum(one.database_cpu_s for one in rounds),
        memory_mib=max(one.memory_mib for one in rounds),
    )


def row_id(org: int, number: int) -> UUID:
    """The id of one of an organization's rows."""
    return uuid5(ORGANIZATIONS[org], f"row {number}")


async def fill(database: "asyncpg.Connection[asyncpg.Record]") -> None:
    """The table with its rows."""
    await database.execute((_FOLDER / "schema.sql").read_text())
    rows = [(org, row_id(n, m)) for n, org in enumerate(ORGANIZATIONS) for m in range(_ROWS_EACH)]
    await database.executemany(
        "INSERT INTO public.live_row VALUES ($1, $2, 0, 'Rename the button', 'running', 'Step 0', 0, 10)", rows
    )


async def measure(
    way: Way,
    database: "asyncpg.Connection[asyncpg.Record]",
    postgres_pid: int,
    count: int,
    *,
    per_s: int,
    seconds: float,
) -> Outcome:
    """The figures of `count` subscribers on this way."""
    people = [
        {"org": str(ORGANIZATIONS[n % len(ORGANIZATIONS)]), "token": way.tokens[n % len(way.tokens)]}
        for n in range(count)
    ]
    node = await _subscribers(way, people)
    try:
        await _change(database, per_s, 1.0, first=-per_s)
        await asyncio.sleep(_QUIET_S)
        server, before = psutil.Process(way.pid), _cpu_s(way.pid)
        database_before = _tree_cpu_s(postgres_pid)
        began = time.monotonic()
        acknowledged = await _change(database, per_s, seconds, first=1)
        elapsed = time.monotonic() - began
        await asyncio.sleep(_QUIET_S)
        server_cpu_s, database_cpu_s = _cpu_s(way.pid) - before, _tree_cpu_s(postgres_pid) - database_before
        memory = server.memory_info().rss / 2**20
        heard = await _heard(node)
    finally:
        if node.returncode is None:
            node.kill()
        await node.wait()
    return _outcome(
        way, count, acknowledged, heard, len(acknowledged) / elapsed, (server_cpu_s, database_cpu_s, memory)
    )


async def _subscribers(way: Way, people: Sequence[dict[str, str]]) -> Process:
    program = str(_FOLDER / "subscribers.mjs")
    node = await asyncio.create_subprocess_exec("node", program, stdin=PIPE, stdout=PIPE, limit=_LINE_MAX_BYTES)
    assert node.stdin is not None
    assert node.stdout is not None
    modules = str(ROOT / "portal" / "package.json")
    told = {"modules": modules, "way": way.name, "url": way.url, "key": way.key, "people": people}
    node.stdin.write(json.dumps(told).encode() + b"\n")
    async with asyncio.timeout(_READY_WITHIN_S):
        if await node.stdout.readline() != b"ready\n":
            raise RuntimeError(f"the subscribers of {way.name} did not start")
    return node


async def _heard(node: Process) -> list[dict[str, Any]]:
    assert node.stdin is not None
    assert node.stdout is not None
    node.stdin.write(b"report\n")
    return json.loads(await node.stdout.readline())


async def _change(
    database: "asyncpg.Connection[asyncpg.Record]", per_s: int, seconds: float, *, first: int
) -> dict[int, float]:
    """When each numbered change was acknowledged, in microseconds; one connection gives them an order."""
    update, acknowledged = await database.prepare(_UPDATE), dict[int, float]()
    began, count = time.monotonic(), int(per_s * seconds)
    for nth in range(count):
        wait_s = began + nth / per_s - time.monotonic()
        if wait_s > 0:
            await asyncio.sleep(wait_s)
        number = first + nth
        org = number % len(ORGANIZATIONS)
        await update.fetch(ORGANIZATIONS[org], row_id(org, number // len(ORGANIZATIONS) % _ROWS_EACH), number)
        acknowledged[number] = time.monotonic_ns() / 1000
    return acknowledged


def _outcome(
    way: Way,
    count: int,
    acknowledged: dict[int, float],
    heard: list[dict[str, Any]],
    per_s: float,
    costs: tuple[float, float, float],
) -> Outcome:
    latencies, lost, duplicated, out_of_order = list[float](), 0, 0, 0
    for who, one in enumerate(heard):
        org = who % len(ORGANIZATIONS)
        expected = [number for number in acknowledged if number % len(ORGANIZATIONS) == org]
        numbers = [number for number in one["numbers"] if number > 0]
        lost += len(set(expected) - set(numbers))
        duplicated += len(numbers) - len(set(numbers))
        out_of_order += sum(later < earlier for earlier, later in pairwise(numbers))
        if set(numbers) - set(expected):
            raise RuntimeError(f"{way.name}: subscriber {who} heard of another organization")
        at = dict(zip(one["numbers"], one["at"], strict=True))
        latencies += [(at[number] - acknowledged[number]) / 1000 for number in set(numbers)]
    return Outcome(way.name, count, len(acknowledged), per_s, latencies, lost, duplicated, out_of_order, *costs)


def _cpu_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def _tree_cpu_s(pid: int) -> float:
    # A process that ended meanwhile is counted with its parent by the system.
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    ended = process.cpu_times()
    return sum(_cpu_s(one.pid) for one in family) + ended.children_user + ended.children_system
