"""Revising and retiring endpoint contracts."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.endpoints import EndpointRetired, EndpointRevised, RetireEndpoint, ReviseEndpoint
from contracts.refusals import Code, Refusal
from ledger import endpoints, outbox, secrets


async def revise(call: Call, body: ReviseEndpoint) -> Outcome:
    """Replace an endpoint's contract.

    Raises:
        Refusal: NOT_FOUND.
    """
    named = body.auth.secret_contract
    secret_id = None if named is None else await secrets.id_by_name(call.tx, call.org_id, named)
    name, version, digest = await endpoints.revise(call.tx, call.org_id, body, secret_id)
    event = EndpointRevised(endpoint_id=body.endpoint_id, name=name, version=version, digest=digest)
    subject = f"endpoint/{body.endpoint_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("revised"), subject=subject)
    return Outcome(body.endpoint_id, "active")


async def retire(call: Call, body: RetireEndpoint) -> Outcome:
    """Take an endpoint out of use.

    Raises:
        Refusal: NOT_FOUND.
    """
    name = await endpoints.retire(call.tx, call.org_id, body.endpoint_id)
    if name is None:
        raise Refusal(Code.NOT_FOUND, "There is no such endpoint in use in this organization.")
    event = EndpointRetired(endpoint_id=body.endpoint_id, name=name)
    subject = f"endpoint/{body.endpoint_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("retired"), subject=subject)
    return Outcome(body.endpoint_id, "retired")


HANDLERS: dict[str, Handler] = {"revise_endpoint": revise, "retire_endpoint": retire}
