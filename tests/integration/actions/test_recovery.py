"""Answers to recovery cases through the action handler."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from contracts.refusals import Code
from ledger import queue
from ledger.pool import transaction
from tests.support.ledger import Api, Ledger, Onboarded, onboarded
from tests.support.live_read import assert_rows_follow_from_events
from tests.support.proposals import Workers, launched, workers_of
from workflows.activities.harness import Harness
from workflows.activities.recovery import Recovery, Trouble


@dataclass(frozen=True)
class Asked:
    """An open case, and the answer that it wants."""

    id: UUID
    trouble: Trouble

    def answered(self, **answer: Any) -> dict[str, Any]:
        return {"recovery_case_id": str(self.id), "answer": answer}


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


@pytest_asyncio.fixture
async def org(api: Api) -> Onboarded:
    return await onboarded(api)


async def asked(api: Api, workers: Workers, org: Onboarded, code: Code = Code.SECRET_MISSING) -> Asked:
    queued = await launched(api, org)
    async with transaction(workers.worker) as tx:
        await queue.claim(tx, queued.command_id, run_id="run-of-the-test")
    await Harness(workers.worker).launch(queued)
    trouble = Trouble(queued=queued, round=0, step="checkout", code=code, reason="It is not there.")
    await Recovery(workers.worker).open(trouble)
    sql = "SELECT id FROM recovery_case WHERE harness_id = $1"
    return Asked(await api.superuser.fetchval(sql, queued.harness_id), trouble)


@pytest_asyncio.fixture
async def case(api: Api, workers: Workers, org: Onboarded) -> Asked:
    return await asked(api, workers, org)


async def state_of(api: Api, case: Asked) -> tuple[str, str, str, str | None, int]:
    """The case's state, the harness's, the phase and the need that are shown, and how many answers were queued."""
    row = await api.superuser.fetchrow(
        "SELECT r.state, h.state AS harness, v.phase, v.needs, (SELECT count(*) FROM ledger.command c"
        " WHERE c.kind = 'recovery.resume' AND c.payload ->> 'recovery_case_id' = r.id::text) AS queued"
        " FROM recovery_case r JOIN harness h ON h.id = r.harness_id"
        " JOIN harness_projection v ON v.harness_id = h.id WHERE r.id = $1",
        case.id,
    )
    return tuple(row)


async def test_an_answer_is_kept_queued_and_told_once(api: Api, workers: Workers, org: Onboarded, case: Asked):
    given, key = case.answered(choice="retry", note="Mended."), uuid4()

    answers = [await api.ok("resolve_recovery_case", given, as_=org.callers["operator"], key=key) for _ in range(2)]
    before = await state_of(api, case)
    looked = await Recovery(workers.worker).take_up(case.trouble)

    kept = await api.superuser.fetchval("SELECT answer FROM recovery_case WHERE id = $1", case.id)
    assert answers[0] == answers[1]
    assert (answers[0]["id"], answers[0]["state"]) == (str(case.id), "resolved")
    assert before == ("resolved", "awaiting_recovery", "awaiting_recovery", None, 1)
    assert (looked.goes_on, kept) == (True, {"choice": "retry", "note": "Mended."})
    assert (await state_of(api, case))[1:3] == ("running", "running")
    await assert_rows_follow_from_events(api.superuser, [org.id])


@pytest.mark.refuses("resolve_recovery_case", "WRONG_STATE")
async def test_of_eight_answers_at_once_one_counts(api: Api, org: Onboarded, case: Asked):
    answers = await asyncio.gather(
        *(
            api.call("resolve_recovery_case", case.answered(choice=choice), as_=org.callers["owner"])
            for choice in ("retry", "give_up") * 4
        )
    )

    codes = [answer.json()["extensions"]["code"] for answer in answers if answer.status_code != 200]
    assert codes == ["WRONG_STATE"] * 7
    assert (await state_of(api, case))[4] == 1


@pytest.mark.refuses("resolve_recovery_case", "WRONG_STATE")
async def test_an_answer_that_comes_too_late_is_refused(api: Api, org: Onboarded, case: Asked):
    sql = "UPDATE recovery_case SET expires_at = now() - interval '1 second' WHERE id = $1"
    await api.superuser.execute(sql, case.id)

    refused = await api.refused("resolve_recovery_case", case.answered(choice="retry"), as_=org.callers["owner"])

    assert refused == "WRONG_STATE"


@pytest.mark.refuses("resolve_recovery_case", "INVALID_INPUT")
@pytest.mark.parametrize(
    ("code", "answer", "place"),
    [
        (Code.SECRET_MISSING, {"choice": "put it there"}, "answer.choice: Input should be 'retry' or 'give_up'"),
        (Code.SECRET_MISSING, {}, "answer.choice: Field required"),
        (Code.SECRET_MISSING, {"choice": "retry", "value": "s3cret"}, "answer.value: Extra inputs are not permitted"),
        (Code.BASE_MOVED, {"choice": "retry"}, "answer.choice: Input should be 'rebase' or 'give_up'"),
        (Code.RUN_TIMED_OUT, {"choice": "launch_again", "timeout_s": 0}, "answer.timeout_s: "),
        (Code.RUN_TIMED_OUT, {"choice": "launch_again", "timeout_s": 7_000}, "answer.timeout_s: Input should be less"),
    ],
)
async def test_an_answer_that_is_not_as_wanted_is_refused_at_its_place(
    api: Api, workers: Workers, org: Onboarded, code: Code, answer: dict[str, Any], place: str
):
    case = await asked(api, workers, org, code)

    refused = await api.call("resolve_recovery_case", case.answered(**answer), as_=org.callers["owner"])

    told = refused.json()
    assert told["extensions"]["code"] == "INVALID_INPUT"
    assert place in told["message"]
    [fault] = told["extensions"]["faults"]
    assert f"{fault['path']}: {fault['says']}".startswith(place)
    assert "s3cret" not in told["message"]
    assert (await state_of(api, case))[0] == "open"


@pytest.mark.refuses("resolve_recovery_case", "NOT_FOUND")
async def test_a_case_of_another_organization_is_not_found(api: Api, case: Asked):
    other = await onboarded(api)

    given = case.answered(choice="retry")

    assert await api.refused("resolve_recovery_case", given, as_=other.callers["owner"]) == "NOT_FOUND"
    assert await api.refused("resolve_recovery_case", given, as_=other.callers["viewer"]) == "FORBIDDEN"


async def test_cancelling_a_harness_that_waits_abandons_its_case_and_wakes_its_workflow(
    api: Api, workers: Workers, org: Onboarded, case: Asked
):
    given = {"harness_id": str(case.trouble.queued.harness_id)}

    await api.ok("cancel_harness", given, as_=org.callers["operator"])

    looked = await Recovery(workers.worker).take_up(case.trouble)
    assert await state_of(api, case) == ("abandoned", "cancelled", "cancelled", None, 1)
    assert (looked.state, looked.goes_on) == ("abandoned", False)
    await assert_rows_follow_from_events(api.superuser, [org.id])


@pytest.mark.parametrize(
    ("role", "sql", "why"),
    [
        ("fo_worker", "UPDATE recovery_case SET seen = '{}' WHERE id = $1", "permission denied"),
        ("fo_worker", "UPDATE recovery_case SET answer = '{}' WHERE id = $1", "permission denied"),
        ("fo_api", "UPDATE recovery_case SET wanted = '{}' WHERE id = $1", "permission denied"),
        ("fo_api", "UPDATE recovery_case SET state = 'abandoned', resolved_at = now() WHERE id = $1", "does not move"),
        ("fo_api", "DELETE FROM recovery_case WHERE id = $1", "permission denied"),
        ("fo_runtime", "SELECT FROM recovery_case WHERE id = $1", "permission denied"),
        ("fo_dispatcher", "SELECT FROM recovery_case WHERE id = $1", "permission denied"),
    ],
)
async def test_what_was_asked_stays_and_nobody_ends_a_case_whose_step_it_is_not(
    ledger: Ledger, case: Asked, role: str, sql: str, why: str
):
    connection = await asyncpg.connect(ledger.url_of(role))
    with pytest.raises(asyncpg.PostgresError, match=why):
        await connection.execute(sql, case.id)
    await connection.close()


async def test_an_answered_case_never_changes_again(api: Api, org: Onboarded, ledger: Ledger, case: Asked):
    await api.ok("resolve_recovery_case", case.answered(choice="retry"), as_=org.callers["owner"])

    connection = await asyncpg.connect(ledger.url_of("fo_api"))
    with pytest.raises(asyncpg.PostgresError, match="append-only"):
        await connection.execute("UPDATE recovery_case SET answer = '{}' WHERE id = $1", case.id)
    await connection.close()
