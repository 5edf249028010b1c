"""What a violated constraint means to a caller."""

import asyncpg

from contracts.refusals import Code, Refusal

# Constraint names are spelled in the migrations; a test checks that each one here exists there.
MEANINGS: dict[str, tuple[Code, str]] = {
    "organization_slug_key": (Code.ALREADY_EXISTS, "An organization with this slug exists already."),
    "principal_email_key": (Code.ALREADY_EXISTS, "A principal with this email exists already."),
    "endpoint_name_key": (Code.ALREADY_EXISTS, "An endpoint of this name is declared already."),
    "secret_contract_name_key": (Code.ALREADY_EXISTS, "A secret contract of this name is declared already."),
    "runtime_asset_name_key": (Code.ALREADY_EXISTS, "A runtime asset of this name is declared already."),
    "endpoint_kind_fkey": (Code.UNKNOWN_ENDPOINT_KIND, "The endpoint's kind is not in the catalogue."),
    "sealed_value_key_fkey": (Code.SEAL_KEY_UNKNOWN, "There is no such sealing key; read which one there is now."),
    "work_endpoint_fkey": (Code.NOT_FOUND, "There is no such endpoint in this organization."),
    "work_runtime_asset_fkey": (Code.NOT_FOUND, "There is no such runtime asset in this organization."),
    "work_principal_id_fkey": (Code.NOT_FOUND, "There is no such principal."),
    "proposal_decision_once": (Code.WRONG_STATE, "You have decided on this proposal already."),
    "proposal_decision_digest": (Code.STALE, "The decision is not on the digest that is under review."),
    "proposal_decision_not_own": (Code.OWN_PROPOSAL, "Nobody decides on a proposal of their own."),
    "proposal_decision_role": (Code.FORBIDDEN, "Only approvers and owners decide on proposals."),
    "approval_consumed_once": (Code.WRONG_STATE, "The approval was consumed already."),
    "organization_transition": (Code.WRONG_STATE, "The organization's state does not allow this."),
    "endpoint_transition": (Code.WRONG_STATE, "The endpoint's state does not allow this."),
    "proposal_transition": (Code.WRONG_STATE, "The proposal's state does not allow this."),
    "harness_transition": (Code.WRONG_STATE, "The harness's state does not allow this."),
}


_BUSY = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.LockNotAvailableError)
# A connection that ends under a statement shows as an interface error of the driver.
_AWAY = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.QueryCanceledError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
)


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that a database error means to the caller; None if it is a fault of ours."""
    if isinstance(error, _BUSY):
        return Refusal(Code.UNAVAILABLE, "Others are changing the same thing; send the request again.", retry=True)
    if isinstance(error, _AWAY):
        return Refusal(Code.UNAVAILABLE, "The database did not answer in time; send the request again.", retry=True)
    meaning = MEANINGS.get(getattr(error, "constraint_name", None) or "")
    return Refusal(*meaning) if meaning else None
