"""Moments in a harness's life, held still so that a process can be killed in exactly that moment.

A process is held by writing first, in a transaction that stays open, the row that it is about to write: its own
statement then waits for that transaction. Rolled back, nothing of it remains and the process goes on.
"""

import asyncio
import os
import signal
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from temporalio.client import Client, WorkflowExecutionStatus

from entrypoints.stack import Stack
from tests.support.live_read import assert_live_read_follows
from tests.support.waiting import until
from tests.support.world import Organization, World

WITHIN_S = 60
_ENDED = {"recorded", "done", "failed"}
_ARTIFACT = """
INSERT INTO artifact (org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body)
VALUES ($1, gen_random_uuid(), $2, $3, 'text/plain', '', 0, 'utf-8', '')"""
_EVENT = """
INSERT INTO portal_live_events (org_id, position, type, subject, data, cause) VALUES ($1, -1, '', '', '{}', $2)"""
_COMMAND = """
INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, state)
VALUES (gen_random_uuid(), gen_random_uuid(), 'none', $1, '', 'recorded')"""


@contextmanager
def paused(stack: Stack, name: str) -> Generator[None]:
    """A part stands still inside the block, unless it is killed there."""
    pid = stack.pid_of(name)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def kill(stack: Stack, name: str) -> None:
    """A part ends at once, without a word."""
    os.kill(stack.pid_of(name), signal.SIGKILL)


@dataclass
class Held:
    """A process that waits, or will wait, to write one row; `committed` counts the row once it is written."""

    world: World
    committed: tuple[str, tuple[Any, ...]]
    connection: "asyncpg.Connection[asyncpg.Record]"

    @classmethod
    async def open(cls, world: World, committed: tuple[str, tuple[Any, ...]], sql: str, *values: Any) -> "Held":
        """Whoever writes this row from now on waits."""
        connection = await asyncpg.connect(world.at["database_url"])
        await connection.execute("BEGIN")
        await connection.execute(sql, *values)
        return cls(world, committed, connection)

    @classmethod
    async def event(cls, world: World, org_id: UUID, cause: str) -> "Held":
        """Whoever tells the event with this cause waits."""
        committed = "SELECT 1 FROM portal_live_events WHERE org_id = $1 AND cause = $2", (org_id, cause)
        return await cls.open(world, committed, _EVENT, org_id, cause)

    @classmethod
    async def artifact(cls, world: World, org_id: UUID, harness_id: UUID, name: str) -> "Held":
        """Whoever keeps the harness's artifact of this name waits."""
        committed = "SELECT 1 FROM artifact WHERE harness_id = $1 AND name = $2", (harness_id, name)
        return await cls.open(world, committed, _ARTIFACT, org_id, harness_id, name)

    @classmethod
    async def command(cls, world: World, idempotency_key: UUID) -> "Held":
        """Whoever records a command with this key waits."""
        committed = "SELECT 1 FROM ledger.command WHERE idempotency_key = $1", (idempotency_key,)
        return await cls.open(world, committed, _COMMAND, idempotency_key)

    async def reached(self) -> None:
        """Some process waits now."""
        pid = self.connection.get_server_pid()

        async def waits() -> bool:
            sql = "SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))"
            return bool(await self.world.ask_database(sql, pid))

        await until(waits, within_s=WITHIN_S, what=f"that somebody waits to write {self.committed}")

    async def written(self) -> None:
        """The row that was waited for is written."""
        sql, values = self.committed

        async def there() -> bool:
            return bool(await self.world.ask_database(sql, *values))

        await until(there, within_s=WITHIN_S, what=f"that {self.committed} is written")

    async def release(self) -> None:
        """Whoever waits goes on."""
        await self.connection.close()


@dataclass(frozen=True)
class Moment:
    """Of which command, and which row is about to be written: an artifact's name or the rest of an event's cause."""

    of: str
    what: str
    artifact: bool = False

    async def hold(self, org: Organization, command: asyncpg.Record) -> Held:
        """Whoever carries out the command waits when it comes to this moment."""
        if self.artifact:
            return await Held.artifact(org.world, command["org_id"], command["harness_id"], self.what)
        return await Held.event(org.world, command["org_id"], f"{command['id']}/{self.what}")


async def brought_to(
    moments: Sequence[Moment], organizations: Sequence[Organization], run: str, verify: str
) -> list[tuple[str, Held]]:
    """Harnesses of new work, one in each organization, and what holds each in its moment.

    Nothing is dispatched while it is said what is to be held, which keeps the order certain.
    """
    stack = organizations[0].world.stack
    pairs = list(zip(organizations, moments, strict=True))
    held: dict[str, Held] = {}
    works = await asyncio.gather(*(org.work(run, verify) for org in organizations))
    with paused(stack, "dispatcher"):
        harnesses = [await org.launch(work_id) for org, work_id in zip(organizations, works, strict=True)]
        for (org, moment), harness_id in zip(pairs, harnesses, strict=True):
            if moment.of == "work":
                held[harness_id] = await moment.hold(org, await _command(org, harness_id, "work.launch"))
    later = [(org, moment, one) for (org, moment), one in zip(pairs, harnesses, strict=True) if one not in held]
    await asyncio.gather(*(org.reach(harness_id, "awaiting_decision") for org, _, harness_id in later))
    with paused(stack, "dispatcher"):
        for org, moment, harness_id in later:
            await approved(org, harness_id)
            held[harness_id] = await moment.hold(org, await _command(org, harness_id, "proposals.apply"))
    await asyncio.gather(*(one.reached() for one in held.values()))
    return [(harness_id, held[harness_id]) for harness_id in harnesses]


async def _command(org: Organization, harness_id: str, kind: str) -> asyncpg.Record:
    sql = "SELECT id, org_id, harness_id FROM ledger.command WHERE harness_id = $1 AND kind = $2"
    return (await org.world.ask_database(sql, UUID(harness_id), kind))[0]


async def approved(org: Organization, harness_id: str) -> None:
    """The harness's proposal is approved."""
    sql = "SELECT id::text, digest FROM proposal WHERE harness_id = $1"
    proposal = (await org.world.ask_database(sql, UUID(harness_id)))[0]
    await org.approve(dict(proposal))


async def to_the_end(org: Organization, harness_id: str) -> dict[str, Any]:
    """The harness's last row; its proposal is approved on the way unless it is already."""
    row = await org.reach(harness_id, "awaiting_decision", "applying", "proving", "succeeded", "failed")
    if row["phase"] == "awaiting_decision":
        await approved(org, harness_id)
    return await org.ended(harness_id)


async def commands_ended(org: Organization) -> list[asyncpg.Record]:
    """Every command of the organization in order of arrival, once none is under way."""

    async def ended() -> list[asyncpg.Record] | None:
        sql = "SELECT * FROM ledger.command WHERE org_id = $1 ORDER BY arrival"
        rows = await org.world.ask_database(sql, UUID(org.id))
        return rows if all(row["state"] in _ENDED for row in rows) else None

    return await until(ended, within_s=WITHIN_S, what="the end of every command")  # type: ignore[return-value]  - until waits for a true one


async def assert_nothing_is_lost_or_done_twice(org: Organization) -> None:
    """What the ledger promises whatever dies: every command ended, one execution and one proof each, whole events."""
    commands = await commands_ended(org)
    await assert_workflows_completed(org, [row["id"] for row in commands if row["workflow"] is not None])
    applied = [row["id"] for row in commands if row["kind"] in {"proposals.apply", "projections.repair"}]
    executions = await org.world.ask_database("SELECT id, command_id FROM execution WHERE org_id = $1", UUID(org.id))
    proved = await org.world.ask_database("SELECT execution_id FROM proof WHERE org_id = $1", UUID(org.id))
    assert sorted(row["command_id"] for row in executions) == sorted(applied)
    assert sorted(row["execution_id"] for row in proved) == sorted(row["id"] for row in executions)
    events = await org.world.ask_database(
        "SELECT position, cause FROM portal_live_events WHERE org_id = $1 ORDER BY position", UUID(org.id)
    )
    assert [row["position"] for row in events] == list(range(1, len(events) + 1))
    assert len({row["cause"] for row in events}) == len(events)
    await assert_live_read_follows(org.world.at["database_url"], UUID(org.id))


async def assert_workflows_completed(org: Organization, command_ids: list[UUID]) -> None:
    """Every command's workflow came to the end of its story; none stopped at something that it could not do again."""
    client = await Client.connect(org.world.at["temporal_address"])
    handles = [client.get_workflow_handle(f"command/{one}") for one in command_ids]

    async def closed() -> list[WorkflowExecutionStatus | None] | None:
        found = [one.status for one in await asyncio.gather(*(handle.describe() for handle in handles))]
        return found if WorkflowExecutionStatus.RUNNING not in found else None

    ended = await until(closed, within_s=WITHIN_S, what="the end of every workflow")
    assert set(ended or ()) == {WorkflowExecutionStatus.COMPLETED}
