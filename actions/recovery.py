"""Answers to recovery cases; each lets the harness that waits go on, or end."""

from uuid import UUID, uuid4

from pydantic import ValidationError

from actions.call import Call, Outcome
from actions.command import Handler, faults_of, invalid_input
from contracts.base import Action, Json
from contracts.recovery import (
    RESUME_KIND,
    RESUME_WORKFLOW,
    RecoveryResolved,
    ResolveRecoveryCase,
    ResumeRecovery,
    TimeoutAnswer,
    answer_of,
)
from contracts.refusals import Code, Fault, Refusal
from contracts.states import Phase, RecoveryState
from ledger import harness, outbox, queue, recovery
from ledger.recovery import RecoveryCase


async def resolve(call: Call, body: ResolveRecoveryCase) -> Outcome:
    """Keep the answer, and queue the command that hands it to the workflow that waits.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, INVALID_INPUT.
    """
    # The harness before the case, as all do who end one: two of them wait instead of blocking each other.
    harness_id = await recovery.harness_of(call.tx, call.org_id, body.recovery_case_id)
    phase = await harness.phase(call.tx, call.org_id, harness_id)
    case = await recovery.lock(call.tx, call.org_id, body.recovery_case_id)
    _check(case, phase)
    answer = _answer(call.action, case, body.answer)
    await recovery.resolve(call.tx, call.org_id, case.id, answer=answer, principal_id=call.principal())
    await _wake(call, case)
    event = RecoveryResolved(recovery_case_id=case.id, principal_id=call.principal(), choice=answer["choice"])
    await outbox.append(
        call.tx,
        call.org_id,
        event,
        cause=call.cause("resolved"),
        subject=f"recovery_case/{case.id}",
        harness_id=case.harness_id,
    )
    return Outcome(case.id, RecoveryState.RESOLVED)


def _check(case: RecoveryCase, phase: Phase) -> None:
    if case.state is not RecoveryState.OPEN:
        raise Refusal(Code.WRONG_STATE, f"The recovery case waits for no answer: it is {case.state}.")
    if case.expired or phase is not Phase.AWAITING_RECOVERY:
        raise Refusal(Code.WRONG_STATE, "The recovery case waits for no answer any more.")


def _answer(action: Action, case: RecoveryCase, given: Json) -> Json:
    """The answer as its contract has it.

    Raises:
        Refusal: INVALID_INPUT, naming every place that is wrong.
    """
    try:
        answer = answer_of(case.kind, given)
    except ValidationError as error:
        raise invalid_input(action, *faults_of(error, "answer")) from error
    if isinstance(answer, TimeoutAnswer) and answer.timeout_s is not None:
        most: int = case.wanted.answer_schema["properties"]["timeout_s"]["anyOf"][0]["maximum"]
        if answer.timeout_s > most:
            raise invalid_input(action, Fault("answer.timeout_s", f"Input should be less than or equal to {most}"))
    return answer.model_dump(mode="json", exclude_none=True)


async def wake(call: Call, harness_id: UUID) -> None:
    """Let the workflow of a harness that waits for an answer look at once; how the harness stands is for it to see."""
    case = await recovery.open_of(call.tx, call.org_id, harness_id)
    if case is not None:
        await _wake(call, case)


async def _wake(call: Call, case: RecoveryCase) -> None:
    """The command whose workflow tells the one that waits; the answer itself is in the case."""
    resume = ResumeRecovery(recovery_case_id=case.id, command_id=case.command_id)
    await queue.record(
        call.tx,
        queue.NewCommand(
            id=uuid4(),
            org_id=call.org_id,
            kind=RESUME_KIND,
            idempotency_key=uuid4(),
            input_digest=case.id.bytes,
            principal_id=call.principal(),
            harness_id=case.harness_id,
            workflow=RESUME_WORKFLOW,
            payload=resume.model_dump(mode="json"),
        ),
    )


HANDLERS: dict[str, Handler] = {"resolve_recovery_case": resolve}
