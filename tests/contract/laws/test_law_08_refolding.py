"""Law 8: folding all events anew gives the stored rows, byte for byte, whatever happened and whoever told it."""

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Phase_
from hypothesis import strategies as st

from contracts.base import EventData
from contracts.registry import EVENTS
from contracts.states import Phase
from ledger import outbox
from ledger.pool import Pool, transaction
from tests.contract.laws.law_08.histories import NEXT, histories
from tests.support.ledger import Api, Ledger, Onboarded, onboarded
from tests.support.live_read import assert_rows_follow_from_events
from tests.support.proposals import Workers, workers_of

EXAMPLES_MAX = 25
# A counter-example is told as it was found: making it smaller would try it on the database again and again.
PHASES = (Phase_.explicit, Phase_.generate)
# The server is started for all tests, and an example writes some dozens of rows.
TRIES = settings(
    max_examples=EXAMPLES_MAX, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=PHASES
)
HARNESSES = st.lists(histories(), min_size=2, max_size=5)


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


@pytest_asyncio.fixture(scope="module")
async def places(api: Api) -> list[Onboarded]:
    """Two organizations, among which harnesses are dealt out in turn."""
    return [await onboarded(api), await onboarded(api)]


async def queued(api: Api, org: Onboarded) -> UUID:
    """A new harness, whose first event is told as the API tells it."""
    return UUID((await api.ok("repair_projection", {}, as_=org.callers["owner"]))["id"])


async def tell(pool: Pool, org: Onboarded, harness_id: UUID, event: EventData, cause: str) -> None:
    async with transaction(pool) as tx:
        await outbox.append(tx, org.id, event, cause=cause, subject="test", harness_id=harness_id)


@TRIES
@given(told=HARNESSES, order=st.randoms(use_true_random=False))
async def test_histories_told_in_turns_fold_into_what_is_stored(api, workers, places, told, order):
    harnesses = [(places[i % 2], await queued(api, places[i % 2])) for i in range(len(told))]
    turns = [i for i, events in enumerate(told) for _ in events]
    order.shuffle(turns)
    left = [list(events) for events in told]

    for i in turns:
        org, harness_id = harnesses[i]
        pool = order.choice([api.pool, workers.worker, workers.runtime])
        await tell(pool, org, harness_id, left[i].pop(0), f"{harness_id}/{len(left[i])}")

    await assert_rows_follow_from_events(api.pool, [org.id for org in places])


@TRIES
@given(told=HARNESSES)
async def test_histories_told_at_once_fold_into_what_is_stored(api, workers, places, told):
    """Each harness has a writer of its own, and each event is told twice, as by an activity that is tried again."""
    harnesses = [(places[i % 2], await queued(api, places[i % 2])) for i in range(len(told))]

    async def write(org: Onboarded, harness_id: UUID, events: tuple[EventData, ...]) -> None:
        for event in events:
            cause = f"{harness_id}/{uuid4()}"
            await asyncio.gather(*(tell(pool, org, harness_id, event, cause) for pool in (api.pool, workers.worker)))

    await asyncio.gather(*(write(*place, events) for place, events in zip(harnesses, told, strict=True)))

    await assert_rows_follow_from_events(api.pool, [org.id for org in places])
    stored = await api.superuser.fetchval(
        "SELECT count(*) FROM portal_live_events WHERE harness_id = ANY ($1)", [one for _, one in harnesses]
    )
    assert stored == sum(len(events) + 1 for events in told)


def test_histories_know_every_phase_and_every_event_of_a_harness():
    """An event that is added to the contracts must be added to the histories."""
    of_no_harness = {
        "EndpointRevised",
        "EndpointRetired",
        "SecretContractRevised",
        "RuntimeAssetRevised",
        "WorkCreated",
        "EndpointDeclared",
        "MemberAdded",
        "MemberChanged",
        "MemberRemoved",
        "RuntimeAssetDeclared",
        "RuntimeAssetRetired",
        "SecretContractDeclared",
        "SecretValueReceived",
    }
    known = {str(one) for strategies in NEXT.values() for one in strategies}

    assert {phase for phase in Phase if not phase.final} == NEXT.keys()
    assert [
        name
        for name in EVENTS.keys() - of_no_harness - {"HarnessQueued"}
        if not any(f"builds({name}" in one for one in known)
    ] == []
