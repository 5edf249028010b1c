"""The servers that come as wheels, started by the supervisor as the stack starts them."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest_asyncio
from temporalio.client import Client

from embedded.temporal.server import TemporalServer
from entrypoints.stack import Stack
from entrypoints.stack.parts import Part, Plan, all_parts
from tests.support.waiting import until


def servers(plan: Plan) -> Sequence[Part]:
    return [part for part in all_parts(plan) if part.name in {"postgres", "temporal"}]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stack():
    async with Stack.ephemeral(parts=servers) as running:
        yield running


async def test_a_workflow_that_temporal_acknowledged_survives_its_being_killed(stack: Stack):
    workflow_id = f"command/{uuid4()}"
    client = await Client.connect(stack.addresses.temporal_address)
    await client.start_workflow("nobody.works.on.it", id=workflow_id, task_queue="nobody")

    os.kill(stack.pid_of("temporal"), signal.SIGKILL)
    await stack.wait_restarted("temporal")

    after = await Client.connect(stack.addresses.temporal_address)
    described = await after.get_workflow_handle(workflow_id).describe()
    assert described.workflow_type == "nobody.works.on.it"


async def test_temporal_serves_its_web_interface(stack: Stack):
    async with httpx.AsyncClient() as http:
        answer = await http.get(stack.addresses.temporal_ui_url, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")


async def test_temporal_keeps_a_write_ahead_log(stack: Stack):
    assert (stack.home / "data" / "temporal.db-wal").exists()


async def test_a_row_that_postgres_committed_survives_its_being_killed(stack: Stack):
    connection = await asyncpg.connect(stack.addresses.database_url)
    await connection.execute("CREATE TABLE kept (x int); INSERT INTO kept VALUES (7)")

    os.kill(stack.pid_of("postgres"), signal.SIGKILL)
    await stack.wait_restarted("postgres")

    async def row() -> int | None:
        again = await asyncpg.connect(stack.addresses.database_url)
        try:
            return await again.fetchval("SELECT x FROM kept")
        finally:
            await again.close()

    assert await until(row, within_s=10) == 7


def test_the_command_line_puts_temporal_on_loopback_and_on_a_file(tmp_path: Path):
    command = TemporalServer(port=1, ui_port=2, database_file=tmp_path / "a b" / "t.db").command()

    assert command[command.index("--ip") + 1] == "127.0.0.1"
    assert command[command.index("--db-filename") + 1] == str(tmp_path / "a b" / "t.db")
