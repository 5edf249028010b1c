"""What becomes of requests when Postgres restarts, is slow, or has fewer connections than there are requests."""

import asyncio
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.support.postgres import accepts
from tests.support.waiting import free_port, until

WITHIN_S = 30
TIMEOUT_MS = 2_000
CONNECTIONS = 3
SCHEMA = """
CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO thing SELECT i, 'thing ' || i FROM generate_series(1, 100) AS i;
CREATE VIEW nap AS SELECT 1 AS id, pg_sleep(1)::text AS slept;
CREATE VIEW sleep AS SELECT 1 AS id, pg_sleep(600)::text AS slept;
"""


@dataclass
class Restartable:
    """A Postgres that can be stopped and started again on its port."""

    server: PostgresServer
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    async def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([*self.server.command(), "-c", "fsync=off"], stdout=log, stderr=log)
        await until(lambda: accepts(self.server.url), within_s=WITHIN_S, what="PostgreSQL's readiness")

    def stop(self) -> None:
        """As a restart does it: connections are closed, running statements are given up."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=WITHIN_S)
            self.process = None

    async def ask(self, sql: str) -> object:
        connection = await asyncpg.connect(self.server.url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()


@asynccontextmanager
async def restartable() -> AsyncGenerator[Restartable]:
    folder = Path(tempfile.mkdtemp(prefix="fo-pg-"))
    server = PostgresServer(data_dir=folder / "data", port=free_port(), password="scratch")
    await asyncio.to_thread(server.initialise)
    postgres = Restartable(server, folder)
    try:
        await postgres.start()
        yield postgres
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="module")
async def postgres_to_lose() -> AsyncGenerator[Restartable]:
    async with restartable() as postgres:
        await _prepare(postgres)
        yield postgres


async def _prepare(postgres: Restartable) -> None:
    connection = await asyncpg.connect(postgres.server.url)
    await connection.execute(SCHEMA)
    await connection.close()


@pytest_asyncio.fixture(scope="module")
async def losing(postgres_to_lose: Restartable) -> AsyncGenerator[Engine]:
    settings = {
        "HASURA_GRAPHQL_METADATA_DATABASE_URL": postgres_to_lose.server.url,
        "HASURA_GRAPHQL_PG_CONNECTIONS": str(CONNECTIONS),
        "HASURA_GRAPHQL_LIMIT_TIMEOUT_MS": str(TIMEOUT_MS),
    }
    async with running_engine(postgres_to_lose.server.url, **settings) as engine:
        for table in ("thing", "nap", "sleep"):
            answer = await engine.command("pg_track_table", {"source": "default", "table": table})
            assert answer.status_code == 200, answer.text
        yield engine


async def things(engine: Engine) -> object:
    return await engine.ask("{ thing(where: {id: {_lte: 2}}, order_by: {id: asc}) { name } }")


EXPECTED = {"data": {"thing": [{"name": "thing 1"}, {"name": "thing 2"}]}}


async def test_connections_lost_while_idle_are_replaced_without_an_error(postgres_to_lose, losing):
    # All connections are made and then idle.
    await asyncio.gather(*(losing.ask("{ nap { id } }") for _ in range(CONNECTIONS)))
    assert await things(losing) == EXPECTED

    lost = await postgres_to_lose.ask(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = 'hasura'"
    )

    assert lost
    assert [await things(losing) for _ in range(5)] == [EXPECTED] * 5


async def test_a_query_whose_connection_is_lost_meanwhile_is_run_once_more(postgres_to_lose, losing):
    request = asyncio.create_task(losing.ask("{ nap { id } }"))
    await until(lambda: _sleeping(postgres_to_lose), within_s=WITHIN_S, what="the statement")

    await postgres_to_lose.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' LIMIT 1"
    )

    assert await request == {"data": {"nap": [{"id": 1}]}}


async def test_a_statement_over_its_time_is_cancelled_in_postgres(postgres_to_lose, losing):
    answer = await losing.ask("{ sleep { id } }")

    assert answer["errors"][0]["extensions"] == {"path": "$.selectionSet.sleep", "code": "timeout"}
    assert await postgres_to_lose.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0
    assert await things(losing) == EXPECTED


async def test_more_requests_than_connections_wait_and_none_fails(postgres_to_lose, losing):
    query = "query ($id: Int!) { thing_by_pk(id: $id) { id } }"

    answers = await asyncio.gather(
        *(losing.post({"query": query, "variables": {"id": i}}) for i in range(1, 61)),
        *(losing.ask("{ nap { id } }") for _ in range(CONNECTIONS)),
    )

    assert answers[:60] == [{"data": {"thing_by_pk": {"id": i}}} for i in range(1, 61)]
    assert answers[60:] == [{"data": {"nap": [{"id": 1}]}}] * CONNECTIONS
    used = await postgres_to_lose.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hasura'")
    assert used == CONNECTIONS


async def test_the_engine_is_there_again_as_soon_as_postgres_is(postgres_to_lose, losing):
    assert await things(losing) == EXPECTED
    running = asyncio.create_task(losing.ask("{ nap { id } }"))
    await until(lambda: _sleeping(postgres_to_lose), within_s=WITHIN_S, what="the statement")

    postgres_to_lose.stop()
    interrupted, meanwhile = await running, await things(losing)
    unhealthy = await losing.client.get("/healthz")
    await postgres_to_lose.start()

    assert interrupted["errors"][0]["extensions"]["code"] == "postgres-error"
    assert meanwhile["errors"][0]["message"] == "connection error"
    assert unhealthy.status_code == 500
    assert await things(losing) == EXPECTED
    assert (await losing.client.get("/healthz")).status_code == 200


async def _sleeping(postgres: Restartable) -> bool:
    return bool(await postgres.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
