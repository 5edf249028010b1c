"""Describing work that is one call of an endpoint; launching it is launching work."""

from uuid import uuid4

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.calls import CreateCall
from contracts.work import WorkCreated
from ledger import outbox, work


async def create(call: Call, body: CreateCall) -> Outcome:
    """Describe a call.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE, INVALID_INPUT.
    """
    work_id = uuid4()
    await work.add(call.tx, call.org_id, work_id, body, call.principal())
    event = WorkCreated(work_id=work_id, title=body.title)
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("created"), subject=f"work/{work_id}")
    return Outcome(work_id, "open")


HANDLERS: dict[str, Handler] = {"create_call": create}
