"""The engine as processes: one or several, started and stopped, alone on its port."""

import asyncio
import contextlib
import os
import resource
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import psutil
import pytest

from embedded.hasura.server.port import Port
from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.support.waiting import until

WITHIN_S = 30


@asynccontextmanager
async def started(database: str, *arguments: str, **settings: str) -> AsyncGenerator[Process]:
    environment = {
        "PATH": os.environ["PATH"],
        "HASURA_GRAPHQL_DATABASE_URL": database,
        "HASURA_GRAPHQL_ADMIN_SECRET": ADMIN_SECRET,
        "HASURA_GRAPHQL_SERVER_PORT": "0",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "embedded.hasura", *arguments), env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await asyncio.wait_for(process.wait(), WITHIN_S)


async def ready(process: Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), WITHIN_S)
    assert line.startswith(b"ready http://127.0.0.1:"), line
    return line.decode().split()[1]


async def ask(url: str) -> httpx.Response:
    """One request over a connection of its own."""
    async with httpx.AsyncClient() as client:
        headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
        return await client.post(f"{url}/v1/graphql", json={"query": "{ __typename }"}, headers=headers)


async def test_several_processes_answer_on_one_port(hasura_database):
    async with started(hasura_database, "--server-processes", "2") as process:
        url = await ready(process)

        answers = [await ask(url) for _ in range(20)]

        assert [answer.json() for answer in answers] == [{"data": {"__typename": "query_root"}}] * 20
        workers = psutil.Process(process.pid).children()
        assert len(workers) == 2
        assert all(any(c.status == psutil.CONN_LISTEN for c in worker.net_connections()) for worker in workers)


async def test_sigterm_ends_all_processes_cleanly(hasura_database):
    async with started(hasura_database, HASURA_GRAPHQL_SERVER_PROCESSES="2") as process:
        await ready(process)
        workers = psutil.Process(process.pid).children()

        process.send_signal(signal.SIGTERM)

        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0
        assert not any(worker.is_running() for worker in workers)


async def test_a_process_that_dies_takes_the_others_with_it(hasura_database):
    async with started(hasura_database, "--server-processes", "2") as process:
        await ready(process)
        workers = psutil.Process(process.pid).children()

        workers[0].kill()

        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 1
        assert not any(worker.is_running() for worker in workers)


async def test_workers_do_not_outlive_whoever_started_them(hasura_database):
    async with started(hasura_database, "--server-processes", "2") as process:
        await ready(process)
        workers = psutil.Process(process.pid).children()

        process.kill()

        await until(lambda: not any(w.is_running() for w in workers), within_s=WITHIN_S, what="the workers' end")


async def test_a_port_that_is_taken_is_refused(hasura_database):
    async with started(hasura_database) as first:
        port = (await ready(first)).rsplit(":", 1)[1]

        async with started(hasura_database, "--server-port", port) as second:
            assert await asyncio.wait_for(second.wait(), WITHIN_S) == 1
            assert second.stderr is not None
            assert b"already in use" in await second.stderr.read()


async def test_a_database_that_cannot_be_reached_is_named_by_its_variable():
    async with started("postgresql://nobody:nothing@127.0.0.1:1/nowhere") as process:
        assert process.stderr is not None
        told = (await asyncio.wait_for(process.stderr.read(), WITHIN_S)).decode()

        assert await process.wait() == 1
        assert told.startswith("a database named by HASURA_GRAPHQL_DATABASE_URL")
        assert "Traceback" not in told


async def test_a_request_in_progress_is_answered_before_the_end(hasura_database):
    async with started(hasura_database) as process:
        url = await ready(process)
        sleeping = {"type": "run_sql", "args": {"sql": "SELECT pg_sleep(1)::text"}}
        async with httpx.AsyncClient(timeout=WITHIN_S) as client:
            headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
            request = asyncio.create_task(client.post(f"{url}/v2/query", json=sleeping, headers=headers))
            await until(lambda: _asleep(hasura_database), within_s=WITHIN_S, what="the statement")

            process.send_signal(signal.SIGTERM)

            assert (await request).json()["result_type"] == "TuplesOk"
        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0


async def _asleep(database: str) -> bool:
    connection = await asyncpg.connect(database)
    try:
        return bool(await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
    finally:
        await connection.close()


@pytest.mark.parametrize("value", ["0", "many"])
async def test_a_number_of_processes_that_makes_no_sense_is_refused(hasura_database, value):
    async with started(hasura_database, HASURA_GRAPHQL_SERVER_PROCESSES=value) as process:
        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 1
        assert process.stderr is not None
        assert b"HASURA_GRAPHQL_SERVER_PROCESSES" in await process.stderr.read()


async def test_nothing_but_the_ready_line_is_written_to_standard_output(hasura_database):
    async with started(hasura_database) as process:
        url = await ready(process)
        await ask(url)
        process.send_signal(signal.SIGTERM)

        assert process.stdout is not None
        assert await process.stdout.read() == b""


async def test_memory_of_one_process_stays_below_150_mib(hasura_database):
    async with started(hasura_database) as process:
        await asyncio.gather(*(ask(url) for url in [await ready(process)] * 50))

        assert psutil.Process(process.pid).memory_info().rss < 150 * 2**20


def test_the_address_is_free_again_after_the_port_was_released():
    port = Port.reserve("127.0.0.1", 0)
    port.release()

    with socket.create_server(("127.0.0.1", port.number)) as listening:
        assert listening.getsockname()[1] == port.number


async def test_the_limit_of_open_files_is_raised_for_many_websockets(hasura_database):
    mine, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(mine, 512), most))
    try:
        async with started(hasura_database) as process:
            await ready(process)

            assert psutil.Process(process.pid).rlimit(psutil.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (mine, most))
