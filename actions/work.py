"""Describing work and launching it."""

from uuid import UUID, uuid4

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.harness import HarnessQueued
from contracts.refusals import Code, Refusal
from contracts.states import Phase
from contracts.vocabulary import Continuity, InteractionPolicy, Purpose
from contracts.work import CreateWork, LaunchWork, WorkCreated
from ledger import harness, kept, outbox, work
from ledger.work import Launchable

# clone, run, difference, decision, apply, verify, push, proof
_STEPS_TOTAL = 8


async def create(call: Call, body: CreateWork) -> Outcome:
    """Describe work.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, INVALID_INPUT.
    """
    work_id = uuid4()
    await work.add(call.tx, call.org_id, work_id, body, call.principal())
    event = WorkCreated(work_id=work_id, title=body.title)
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("created"), subject=f"work/{work_id}")
    return Outcome(work_id, "open")


async def launch(call: Call, body: LaunchWork) -> Outcome:
    """Queue a harness for a work item.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, NOT_ACTIVE, NOTHING_TO_RESUME.
    """
    item = await work.launchable(call.tx, call.org_id, body.work_id)
    if item is None:
        raise Refusal(Code.NOT_FOUND, "There is no such work in this organization.")
    _check(item)
    from_harness_id = await _taken_up(call, body) if body.continuity is Continuity.RESUME else None
    event = HarnessQueued(
        purpose=Purpose.WORK,
        title=item.title,
        continuity=body.continuity,
        work_id=body.work_id,
        principal_id=call.principal(),
        interaction=InteractionPolicy(item.interaction_policy),
        steps_total=_STEPS_TOTAL,
        from_harness_id=from_harness_id,
    )
    await harness.queue(call.tx, call.org_id, call.harness(), command_id=call.command_id, event=event)
    return Outcome(call.harness(), Phase.QUEUED)


async def _taken_up(call: Call, body: LaunchWork) -> UUID:
    """The earlier harness whose sandbox the new one takes up; nobody else can take it from here on."""
    earlier = await kept.take(call.tx, call.org_id, body.work_id, harness_id=call.harness())
    if earlier is not None:
        await harness.tie(call.tx, call.org_id, (("harness", call.harness()), "resumed_from", ("harness", earlier)))
        return earlier
    if await kept.is_taken(call.tx, call.org_id, body.work_id):
        raise Refusal(Code.WRONG_STATE, "What the work's last harness left is being resumed already.")
    raise Refusal(Code.NOTHING_TO_RESUME, "Nothing that an earlier harness of this work left is kept; launch it fresh.")


def _check(item: Launchable) -> None:
    if item.state != "open":
        raise Refusal(Code.WRONG_STATE, "The work is retired.")
    if item.organization_state != "active":
        raise Refusal(Code.NOT_ACTIVE, "The organization is not active: its onboarding checks have not all passed.")
    if item.endpoint_state != "active":
        raise Refusal(Code.WRONG_STATE, "The work's endpoint is retired.")
    if item.asset_state != "active":
        raise Refusal(Code.WRONG_STATE, "The work's runtime asset is retired.")


HANDLERS: dict[str, Handler] = {"create_work": create, "launch_work": launch}
