"""Revising secret contracts; a value never comes this way."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.refusals import Code, Refusal
from contracts.secret_refs import SecretRef
from contracts.secrets import ReviseSecretContract, SecretContractRevised
from ledger import organizations, outbox, secrets


async def revise(call: Call, body: ReviseSecretContract) -> Outcome:
    """Say anew where a secret lives or what it is for.

    Raises:
        Refusal: NOT_FOUND, or INVALID_INPUT for a place that is not the organization's.
    """
    organization = await organizations.find(call.tx, call.org_id)
    if organization is None:
        raise Refusal(Code.NOT_FOUND, "There is no such organization.")
    if not SecretRef.parse(body.reference).lies_under(organization.slug):
        raise Refusal(Code.INVALID_INPUT, f"An organization keeps its secrets below {organization.slug}.")
    name, version, digest = await secrets.revise(call.tx, call.org_id, body)
    event = SecretContractRevised(secret_contract_id=body.secret_contract_id, name=name, version=version, digest=digest)
    subject = f"secret_contract/{body.secret_contract_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("revised"), subject=subject)
    return Outcome(body.secret_contract_id, "unchecked")


HANDLERS: dict[str, Handler] = {"revise_secret_contract": revise}
