"""Who calls, and with what."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts.base import Action
from contracts.refusals import Code, Refusal
from contracts.vocabulary import Role
from ledger.pool import Tx


@dataclass(frozen=True)
class Identity:
    """The caller as Hasura vouches for it; `principal_id` is None only for the platform's administrator."""

    role: str
    org_id: UUID | None
    principal_id: UUID | None

    @classmethod
    def of(cls, session: dict[str, str]) -> "Identity":
        """The identity in Hasura's session variables.

        Raises:
            Refusal: UNAUTHENTICATED, if they name none that we know.
        """
        try:
            role = session["x-hasura-role"]
            org_id, principal_id = session.get("x-hasura-org-id"), session.get("x-hasura-user-id")
            identity = cls(role, UUID(org_id) if org_id else None, UUID(principal_id) if principal_id else None)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise Refusal(
                Code.UNAUTHENTICATED, "The session names no valid role, organization or principal."
            ) from error
        if identity.role != Action.PLATFORM and (identity.org_id is None or identity.principal_id is None):
            raise Refusal(Code.UNAUTHENTICATED, "The session names no organization and principal.")
        return identity


@dataclass(frozen=True)
class Call:
    """One request inside its transaction; `harness_id` is that of the harness to queue, where the action queues one."""

    tx: Tx
    action: Action
    org_id: UUID
    command_id: UUID
    role: str
    principal_id: UUID | None
    harness_id: UUID | None = None

    def cause(self, what: str) -> str:
        """The cause of an event: the same request never tells the same thing twice."""
        return f"{self.command_id}/{what}"

    def harness(self) -> UUID:
        """The id of the harness that this request queues."""
        if self.harness_id is None:
            raise TypeError(f"{self.action.name} queues no harness")
        return self.harness_id

    def principal(self) -> UUID:
        """Who acts, where somebody has to.

        Raises:
            Refusal: UNAUTHENTICATED, for an administrator who does not say for whom.
        """
        if self.principal_id is None:
            raise Refusal(
                Code.UNAUTHENTICATED, "This needs a principal: send x-hasura-user-id beside the admin secret."
            )
        return self.principal_id


@dataclass(frozen=True)
class Outcome:
    """What a handler decided: what the answer is about, and its state."""

    id: UUID
    state: str


def authorize(action: Action, identity: Identity, role: Role | None) -> None:
    """Nothing, if a caller who has this role in the ledger may call; the token's word does not count.

    Raises:
        Refusal: FORBIDDEN.
    """
    if identity.role == Action.PLATFORM:
        return
    if role is None or role not in action.roles:
        allowed = " or ".join(action.roles) or "the platform's administrator"
        raise Refusal(Code.FORBIDDEN, f"This needs the role {allowed}; yours is {role or 'none'}.")


def organization_of(action: Action, identity: Identity) -> UUID:
    """The organization that the request is about; onboarding makes a new one.

    Raises:
        Refusal: UNAUTHENTICATED, for an administrator who names none.
    """
    if action.name == "onboard_organization":
        return uuid4()
    if identity.org_id is None:
        raise Refusal(Code.UNAUTHENTICATED, "Name the organization: send x-hasura-org-id beside the admin secret.")
    return identity.org_id
