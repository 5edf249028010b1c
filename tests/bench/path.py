"""How fast the path is, side by side with its peers, in one run: `make bench-path`.

1. Accepting: a GraphQL action until it is recorded and queued, beside single-row commits into a bare table.
2. Dispatching: from recorded to the workflow's start, beside a client that calls `start_workflow` itself.
3. A backlog: all that was accepted, started by the dispatcher, beside a client that starts 1,000.
4. Whole harnesses: clone, run, difference, in sandboxes.
5. At rest: processor and memory of the whole stack.

The load comes from this process, on the same two cores as everything that it measures.
"""

import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import asyncpg
import psutil
from rich.console import Console

from contracts.queue import CONTROL_QUEUE, Queued
from entrypoints.stack import Stack
from entrypoints.stack.parts import all_parts
from entrypoints.temporal import temporal
from ledger import queue
from ledger.pool import Pool, connect, connection
from tests.bench.figures import Figures, measured
from tests.support.waiting import until
from tests.support.world import Organization, World, repository
from workflows.dispatcher import Dispatcher

ACCEPTED, DIRECT, PACED, HARNESSES = 2_000, 1_000, 50, 12
PACE_S = 0.2
AT_ONCE = 16
REST_S = 30
_LAUNCH = "mutation ($input: LaunchWork!) { launch_work(input: $input) { id command_id state } }"


@dataclass(frozen=True)
class Bench:
    """The stack under measurement, an organization in it, and a work item to launch."""

    stack: Stack
    world: World
    org: Organization
    work_id: str
    token: str


def say(text: str) -> None:
    """One line for people."""
    Console(highlight=False, soft_wrap=True).print(text)


def without(*names: str) -> Any:
    """A list of parts that leaves some out."""
    return lambda plan: [part for part in all_parts(plan) if part.name not in names]


@asynccontextmanager
async def prepared(parts: Any) -> AsyncGenerator[Bench]:
    """A stack of these parts with one active organization; planted, because nothing may run meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        bare = repository(Path(folder) / "sample")
        async with Stack.ephemeral(parts=parts) as stack:
            world = World.of(stack)
            org = await world.recorded(bare.as_uri())
            await world.ask_database("UPDATE organization SET state = 'active' WHERE id = $1", org.id)
            work_id = await org.work("true")
            yield Bench(stack, world, org, work_id, await org.token("operator"))
            await org.close()


async def accept(bench: Bench) -> tuple[Figures, Figures]:
    """The figures of launching one at a time, and at saturation."""
    headers = {"Authorization": f"Bearer {bench.token}"}
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=AT_ONCE)) as http:

        async def launch(_number: int) -> None:
            given = {"work_id": bench.work_id, "continuity": "fresh", "idempotency_key": str(uuid4())}
            body = {"query": _LAUNCH, "variables": {"input": given}}
            async with http.post(bench.world.at["graphql_url"], json=body) as answer:
                document = await answer.json()
                if "errors" in document:
                    raise RuntimeError(json.dumps(document))

        await measured(launch, count=200, at_once=4)
        alone = await measured(launch, count=300, at_once=1)
        return alone, await measured(launch, count=ACCEPTED, at_once=AT_ONCE)


async def bare_table(bench: Bench) -> Figures:
    """The figures of single-row commits into a table with one index, at the same concurrency."""
    pool = await asyncpg.create_pool(bench.world.at["database_url"], min_size=AT_ONCE, max_size=AT_ONCE)
    await pool.execute("CREATE TABLE bench_bare (id uuid PRIMARY KEY, body jsonb NOT NULL)")
    figures = await measured(
        lambda _number: pool.execute("INSERT INTO bench_bare VALUES ($1, '{}')", uuid4()),
        count=ACCEPTED,
        at_once=AT_ONCE,
    )
    await pool.close()
    return figures


async def direct(bench: Bench) -> Figures:
    """The figures of a client that starts workflows itself, as many at once as the dispatcher does."""
    client = await temporal(bench.world.at["temporal_address"], "default")
    org_id, harness_id = uuid4(), uuid4()

    async def start(_number: int) -> None:
        queued = Queued(
            command_id=uuid4(), org_id=org_id, harness_id=harness_id, principal_id=None, kind="bench", payload={}
        )
        await client.start_workflow("work.run", queued, id=queued.workflow_id, task_queue=CONTROL_QUEUE)

    return await measured(start, count=DIRECT, at_once=8)


@asynccontextmanager
async def dispatching(bench: Bench) -> AsyncGenerator[Pool]:
    """The dispatcher, run in this process as its role, over the pool that is given."""
    url = bench.stack.plan.database("fo_dispatcher")
    pool = await connect(url, size_max=2, application="bench-dispatcher")
    client = await temporal(bench.world.at["temporal_address"], "default")
    task = asyncio.create_task(Dispatcher(pool, client, "bench").run(url))
    yield pool
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await pool.close()


async def drain(bench: Bench, started_before: int) -> tuple[int, float, str]:
    """How many commands waited, how many a second were started, and what became of them."""
    began = time.perf_counter()
    async with dispatching(bench) as pool:
        async with connection(pool) as one:
            waiting = await queue.waiting_count(one)
        await until(lambda: _drained(pool), within_s=600, what="the backlog's end")
        elapsed = time.perf_counter() - began
    rows = await bench.world.ask_database(
        "SELECT dispatched_at FROM ledger.command WHERE dispatched_at IS NOT NULL ORDER BY arrival"
    )
    times = [row["dispatched_at"] for row in rows]
    client = await temporal(bench.world.at["temporal_address"], "default")
    started = (await client.count_workflows()).count - started_before
    order = "in order of arrival" if times == sorted(times) else "OUT OF ORDER"
    return waiting, waiting / elapsed, f"{order}, {waiting - len(rows)} lost, {started - len(rows)} doubled"


async def _drained(pool: Pool) -> bool:
    async with connection(pool) as one:
        return await queue.waiting_count(one) == 0


async def paced(bench: Bench) -> tuple[list[float], list[float]]:
    """Milliseconds from recorded to started, five a second: by the dispatcher, and by a client itself."""
    client = await temporal(bench.world.at["temporal_address"], "default")
    org_id, harness_id = uuid4(), uuid4()
    by_client: list[float] = []
    by_dispatcher: list[float] = []
    async with dispatching(bench):
        for _ in range(PACED):
            queued = Queued(
                command_id=uuid4(), org_id=org_id, harness_id=harness_id, principal_id=None, kind="bench", payload={}
            )
            began = time.time()
            await client.start_workflow("work.run", queued, id=queued.workflow_id, task_queue=CONTROL_QUEUE)
            by_client.append(await _started(client, queued.workflow_id) - began)
            await asyncio.sleep(PACE_S / 2)
            answer = await bench.org.act("operator", "launch_work", "LaunchWork", work_id=bench.work_id)
            await asyncio.sleep(PACE_S / 2)
            # An event's row is never changed, so its transaction is the one that recorded the command.
            recorded = await bench.world.ask_database(
                "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin)) AS at FROM portal_live_events"
                " WHERE cause = $1",
                f"{answer['command_id']}/queued",
            )
            started = await _started(client, f"command/{answer['command_id']}")
            by_dispatcher.append(started - float(recorded[0]["at"]))
    return [1000 * s for s in by_dispatcher], [1000 * s for s in by_client]


async def _started(client: Any, workflow_id: str) -> float:
    description = await client.get_workflow_handle(workflow_id).describe()
    return description.start_time.timestamp()


async def harnesses(bench: Bench) -> float:
    """Whole harnesses a minute: clone, run, difference, ended."""
    began = time.perf_counter()
    ids = [await bench.org.launch(bench.work_id) for _ in range(HARNESSES)]
    for harness_id in ids:
        await bench.org.ended(harness_id, within_s=300)
    return HARNESSES / (time.perf_counter() - began) * 60


async def at_rest(bench: Bench) -> tuple[float, float]:
    """Percent of one core, and MiB of memory (each page counted once), of every process of the stack."""
    before = _used(bench.stack)
    await asyncio.sleep(REST_S)
    after = _used(bench.stack)
    return (after[0] - before[0]) / REST_S * 100, after[1]


def _used(stack: Stack) -> tuple[float, float]:
    cpu_s, memory_mib = 0.0, 0.0
    for state in stack.states.values():
        if state.pid is None:
            continue
        part = psutil.Process(state.pid)
        for process in (part, *part.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                cpu_s += times.user + times.system
                memory_mib += process.memory_full_info().pss / 2**20
    return cpu_s, memory_mib


def median(values: list[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


async def main() -> None:
    """Measure everything and print it."""
    say("[bold]Accepting[/bold] (a GraphQL action until it is recorded and queued; dispatcher and workers are off)")
    async with prepared(without("dispatcher", "worker", "runtime", "portal")) as bench:
        alone, saturated = await accept(bench)
        bare = await bare_table(bench)
        say(f"  one at a time            {alone.text()}")
        say(f"  {AT_ONCE} at once               {saturated.text()}")
        say(f"  bare table, {AT_ONCE} at once   {bare.text()}   ratio {bare.per_s / saturated.per_s:.1f}")
        say("[bold]A backlog[/bold] (started workflows; no worker takes them)")
        by_client = await direct(bench)
        waiting, per_s, outcome = await drain(bench, DIRECT)
        say(f"  start_workflow, 8 at once {by_client.per_s:7.1f} a second")
        ratio = by_client.per_s / per_s
        say(f"  dispatcher, {waiting} waiting {per_s:7.1f} a second   ratio {ratio:.2f}   {outcome}")
        say("[bold]Dispatching[/bold] (recorded until the workflow's start, 5 a second)")
        by_dispatcher, itself = await paced(bench)
        added = median(by_dispatcher) - median(itself)
        say(f"  start_workflow itself    p50 {median(itself):7.2f} ms")
        say(f"  through the dispatcher   p50 {median(by_dispatcher):7.2f} ms   adds {added:.2f} ms")
    async with prepared(all_parts) as bench:
        say("[bold]Whole harnesses[/bold] (clone, run, difference, in sandboxes)")
        say(f"  {await harnesses(bench):7.1f} a minute")
        cpu, memory = await at_rest(bench)
        say("[bold]At rest[/bold]")
        say(f"  {cpu:.2f} % of one core   {memory:.0f} MiB")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
