"""The queue: recorded once, leased in order of arrival by one dispatcher, carried out by one workflow run."""

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import asyncpg
import pytest_asyncio

from contracts.states import CommandState
from embedded.postgres.server import PostgresServer
from ledger import queue
from ledger.pool import Listener, Pool, connect, transaction
from tests.support.ledger import Ledger, migrated_database
from tests.support.waiting import until


class Queue:
    """A database whose queue belongs to these tests alone, seen by each role that uses it."""

    def __init__(self, ledger: Ledger, api: Pool, dispatcher: Pool, worker: Pool) -> None:
        self.ledger, self.api, self.dispatcher, self.worker = ledger, api, dispatcher, worker

    async def recorded(self, number: int, *, key: UUID | None = None, workflow: str | None = "work.run") -> list[UUID]:
        """The ids of new commands, in order of arrival."""
        ids = [uuid4() for _ in range(number)]
        for one in ids:
            async with transaction(self.api) as tx:
                recording = await queue.record(
                    tx,
                    queue.NewCommand(
                        id=one,
                        org_id=uuid4(),
                        kind="work.launch",
                        idempotency_key=key or uuid4(),
                        input_digest=b"",
                        principal_id=None,
                        harness_id=uuid4(),
                        workflow=workflow,
                    ),
                )
                assert recording.is_new
        return ids

    async def leased(self, by: str, *, batch_max: int = 64, lease_s: float = 30) -> list[UUID]:
        """The ids that a dispatcher gets."""
        found = await queue.lease(self.dispatcher, leased_by=by, batch_max=batch_max, lease_s=lease_s)
        return [one.queued.command_id for one in found]

    async def claimed(self, command_id: UUID, run_id: str) -> bool:
        """Whether the run may carry the command out."""
        async with transaction(self.worker) as tx:
            return await queue.claim(tx, command_id, run_id=run_id)

    async def finished(self, command_id: UUID, state: CommandState) -> None:
        """End the command as the worker does."""
        async with transaction(self.worker) as tx:
            await queue.finish(tx, command_id, state=state, error="why" if state is CommandState.FAILED else None)

    async def row(self, command_id: UUID) -> asyncpg.Record:
        """The command as it stands."""
        row = await self.api.fetchrow("SELECT * FROM ledger.command WHERE id = $1", command_id)
        assert row is not None
        return row


@pytest_asyncio.fixture(scope="module")
async def own_queue(postgres: PostgresServer) -> AsyncGenerator[Queue]:
    ledger = await migrated_database(postgres)
    pools = [
        await connect(ledger.url_of(role), size_max=3, application="test")
        for role in ("fo_api", "fo_dispatcher", "fo_worker")
    ]
    yield Queue(ledger, *pools)
    for pool in pools:
        await pool.close()


@pytest_asyncio.fixture
async def waiting(own_queue: Queue) -> Queue:
    """The queue, empty."""
    superuser = await asyncpg.connect(own_queue.ledger.url)
    await superuser.execute("TRUNCATE ledger.command CASCADE")
    await superuser.close()
    return own_queue


async def test_commands_are_leased_in_order_of_arrival_each_once(waiting: Queue):
    ids = await waiting.recorded(5)

    assert await waiting.leased("a", batch_max=2) == ids[:2]
    assert await waiting.leased("a") == ids[2:]
    assert await waiting.leased("a") == []


async def test_two_dispatchers_at_once_share_the_commands_and_neither_waits(waiting: Queue):
    ids = await waiting.recorded(20)

    async with waiting.dispatcher.acquire() as connection, connection.transaction():
        held = [
            one.queued.command_id
            for one in await queue.lease(connection, leased_by="a", batch_max=8, lease_s=30)  # type: ignore[arg-type]  - a connection asks as a pool does
        ]
        other = await asyncio.wait_for(waiting.leased("b"), timeout=5)

    assert held == ids[:8]
    assert other == ids[8:]


async def test_many_dispatchers_never_get_the_same_command(waiting: Queue):
    ids = await waiting.recorded(30)

    async def taken_by(name: str) -> list[UUID]:
        taken: list[UUID] = []
        while batch := await waiting.leased(name, batch_max=3):
            taken += batch
        return taken

    taken = await asyncio.gather(*(taken_by(name) for name in "abc"))

    assert sorted(one for each in taken for one in each) == sorted(ids)
    assert all(one == sorted(one, key=ids.index) for one in taken)


async def test_a_lease_that_ran_out_is_taken_by_another_before_what_came_later(waiting: Queue):
    ids = await waiting.recorded(2)
    assert await waiting.leased("a", batch_max=1, lease_s=0) == ids[:1]

    again = await waiting.leased("b")

    assert again == ids
    row = await waiting.row(ids[0])
    assert (row["leased_by"], row["attempts"]) == ("b", 2)


async def test_a_lease_that_lasts_is_left_to_its_dispatcher(waiting: Queue):
    ids = await waiting.recorded(1)
    await waiting.leased("a")

    assert await waiting.leased("b") == []
    assert (await waiting.row(ids[0]))["leased_by"] == "a"


async def test_a_dispatcher_marks_only_what_it_holds(waiting: Queue):
    [mine, lost] = await waiting.recorded(2)
    await waiting.leased("a", batch_max=1)
    await waiting.leased("b", batch_max=1)

    await queue.mark_dispatched(waiting.dispatcher, [mine, lost], leased_by="a")

    assert (await waiting.row(mine))["state"] == "dispatched"
    assert (await waiting.row(lost))["state"] == "leased"


async def test_marking_after_the_workflow_claimed_takes_nothing_back(waiting: Queue):
    [one] = await waiting.recorded(1)
    await waiting.leased("a")
    assert await waiting.claimed(one, "run-1")

    await queue.mark_dispatched(waiting.dispatcher, [one], leased_by="a")

    assert (await waiting.row(one))["state"] == "running"


async def test_what_was_dispatched_and_never_claimed_is_queued_again(waiting: Queue):
    [one, claimed] = await waiting.recorded(2)
    await waiting.leased("a")
    await queue.mark_dispatched(waiting.dispatcher, [one, claimed], leased_by="a")
    await waiting.claimed(claimed, "run-1")

    early = await queue.requeue_unclaimed(waiting.dispatcher, after_s=60)
    late = await queue.requeue_unclaimed(waiting.dispatcher, after_s=0)

    assert (early, late) == ([], [one])
    assert await waiting.leased("b") == [one]


async def test_one_run_claims_a_command_however_often_it_asks(waiting: Queue):
    [one] = await waiting.recorded(1)
    await waiting.leased("a")

    assert await waiting.claimed(one, "run-1")
    began = (await waiting.row(one))["started_at"]
    assert await waiting.claimed(one, "run-1")
    assert (await waiting.row(one))["started_at"] == began


async def test_a_command_that_another_run_claimed_is_refused(waiting: Queue):
    [one] = await waiting.recorded(1)
    await waiting.leased("a")

    answers = await asyncio.gather(*(waiting.claimed(one, f"run-{n}") for n in range(3)))

    assert sorted(answers) == [False, False, True]


async def test_a_command_that_ended_is_never_carried_out_again(waiting: Queue):
    for state in (CommandState.DONE, CommandState.FAILED):
        [one] = await waiting.recorded(1)
        await waiting.leased("a")
        await waiting.claimed(one, "run-1")
        await waiting.finished(one, state)

        assert not await waiting.claimed(one, "run-1")
        assert not await waiting.claimed(one, "run-2")
        assert await waiting.leased("b") == []
        assert (await waiting.row(one))["state"] == state


async def test_the_first_ending_of_a_command_stands(waiting: Queue):
    [one] = await waiting.recorded(1)
    await waiting.claimed(one, "run-1")
    await waiting.finished(one, CommandState.FAILED)
    before = dict(await waiting.row(one))

    await waiting.finished(one, CommandState.DONE)

    assert dict(await waiting.row(one)) == before
    assert (before["state"], before["error"]) == ("failed", "why")


async def test_what_needs_no_heavy_work_is_never_leased(waiting: Queue):
    [one] = await waiting.recorded(1, workflow=None)

    assert await waiting.leased("a") == []
    assert (await waiting.row(one))["state"] == "recorded"


async def test_a_known_key_records_nothing(waiting: Queue):
    key = uuid4()
    [one] = await waiting.recorded(1, key=key)

    async with transaction(waiting.api) as tx:
        again = queue.NewCommand(uuid4(), uuid4(), "work.launch", key, b"other", None, workflow="work.run")
        assert not (await queue.record(tx, again)).is_new
        assert (await queue.known(tx, key)).id == one
    assert await queue.waiting_count(waiting.dispatcher) == 1


async def test_a_queued_command_is_announced_and_a_recorded_one_is_not(waiting: Queue):
    heard: list[None] = []
    async with Listener(waiting.ledger.url_of("fo_dispatcher"), queue.CHANNEL, lambda: heard.append(None)):
        await until(lambda: len(heard) == 1, within_s=5, what="the word that the connection listens")
        await waiting.recorded(1, workflow=None)
        await waiting.recorded(1)
        await until(lambda: len(heard) == 2, within_s=5, what="the announcement")
        await waiting.recorded(1)
        await until(lambda: len(heard) == 3, within_s=5, what="the second announcement")
