"""Revising secret contracts, and sending their values; a value comes this way only sealed."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.harness import HarnessQueued
from contracts.refusals import Code, Refusal
from contracts.secret_refs import Backend, SecretRef
from contracts.secrets import ReviseSecretContract, SecretContractRevised, SecretValueReceived, SendSecretValue
from contracts.states import CheckState
from contracts.vocabulary import Continuity, Purpose
from ledger import harness, organizations, outbox, secrets

# Putting the value, and the check.
_STEPS = 2


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


async def send(call: Call, body: SendSecretValue) -> Outcome:
    """Keep a sealed value for the execution runtime, and queue that it is put and checked.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE for a value that does not live in the encrypted files, STALE, SEAL_KEY_UNKNOWN.
    """
    contract = await secrets.hold(call.tx, call.org_id, body.secret_contract_id)
    if contract.backend is not Backend.FILE:
        raise Refusal(Code.WRONG_STATE, f"This secret lives in {contract.backend}, and gets there by its own tools.")
    if contract.version != body.version:
        raise Refusal(Code.STALE, "The secret contract was revised since the value was sealed; send it again.")
    await secrets.keep_sealed(call.tx, call.org_id, body, call.command_id)
    await organizations.reset_check(call.tx, call.org_id, body.secret_contract_id, call.harness())
    queued = HarnessQueued(
        purpose=Purpose.ONBOARD,
        title=f"Put the value of {contract.name}",
        continuity=Continuity.FRESH,
        principal_id=call.principal_id,
        steps_total=_STEPS,
    )
    await harness.queue(call.tx, call.org_id, call.harness(), command_id=call.command_id, event=queued)
    event = SecretValueReceived(
        secret_contract_id=body.secret_contract_id, name=contract.name, version=body.version, key_id=body.key_id
    )
    subject = f"secret_contract/{body.secret_contract_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("sent"), subject=subject)
    return Outcome(body.secret_contract_id, CheckState.PENDING)


HANDLERS: dict[str, Handler] = {"revise_secret_contract": revise, "send_secret_value": send}
