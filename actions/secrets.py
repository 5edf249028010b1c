"""Revising secret contracts; a value never comes this way."""

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.secrets import ReviseSecretContract, SecretContractRevised
from ledger import outbox, secrets


async def revise(call: Call, body: ReviseSecretContract) -> Outcome:
    """Say anew where a secret lives or what it is for.

    Raises:
        Refusal: NOT_FOUND.
    """
    name, version, digest = await secrets.revise(call.tx, call.org_id, body)
    event = SecretContractRevised(secret_contract_id=body.secret_contract_id, name=name, version=version, digest=digest)
    subject = f"secret_contract/{body.secret_contract_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("revised"), subject=subject)
    return Outcome(body.secret_contract_id, "unchecked")


HANDLERS: dict[str, Handler] = {"revise_secret_contract": revise}
