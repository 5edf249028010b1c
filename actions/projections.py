"""Holding the live read against its events, and queueing its repair."""

from actions.call import Call, Outcome
from actions.command import Handler, Reader
from contracts.harness import HarnessQueued
from contracts.projections import CheckProjection, ProjectionReport, RepairProjection
from contracts.refusals import Code, Refusal
from contracts.states import Phase
from contracts.vocabulary import Continuity, Purpose
from ledger import harness, organizations, projections

# The rows, then the proof.
_STEPS_TOTAL = 2


async def check(call: Call, body: CheckProjection) -> ProjectionReport:
    """One page of harnesses, each folded anew; those whose row differs.

    Raises:
        Refusal: NOT_FOUND.
    """
    await _organization_name(call)
    page = await projections.page(call.tx, call.org_id, after=body.after)
    return ProjectionReport(harnesses=page.harnesses, differences=page.found, next=page.next)


async def repair(call: Call, _body: RepairProjection) -> Outcome:
    """Queue the repair of the organization's rows.

    Raises:
        Refusal: NOT_FOUND.
    """
    event = HarnessQueued(
        purpose=Purpose.REPAIR,
        title=f"Repair the live read of {await _organization_name(call)}",
        continuity=Continuity.FRESH,
        principal_id=call.principal_id,
        steps_total=_STEPS_TOTAL,
    )
    await harness.queue(call.tx, call.org_id, call.harness(), command_id=call.command_id, event=event)
    return Outcome(call.harness(), Phase.QUEUED)


async def _organization_name(call: Call) -> str:
    organization = await organizations.find(call.tx, call.org_id)
    if organization is None:
        raise Refusal(Code.NOT_FOUND, "There is no such organization.")
    return organization.name


HANDLERS: dict[str, Handler | Reader] = {"check_projection": check, "repair_projection": repair}
