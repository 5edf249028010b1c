"""Organizations, who belongs to them, and the checks of their onboarding."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts.onboarding import Member, OnboardOrganization, SubjectKind
from contracts.states import CheckState, OrganizationState
from contracts.vocabulary import Role
from ledger.pool import Tx
from ledger.statements import load

_sql = load("organizations")


@dataclass(frozen=True)
class Organization:
    """An organization and its policy on decisions."""

    id: UUID
    slug: str
    name: str
    state: str
    approvals_required: int
    approval_ttl_hours: int
    policy_version: int


@dataclass(frozen=True)
class Check:
    """One onboarding check as it stands."""

    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    subject_name: str
    state: str
    detail: str | None
    remedy: str | None


async def role_of(tx: Tx, org_id: UUID, principal_id: UUID) -> Role | None:
    """The principal's role in the organization as it is now; None for a stranger."""
    role = await _sql.membership_role(tx, org_id=org_id, principal_id=principal_id)
    return None if role is None else Role(role)


async def create(tx: Tx, org_id: UUID, body: OnboardOrganization) -> None:
    """The organization in state `onboarding`, with its members.

    Raises:
        asyncpg.UniqueViolationError: organization_slug_key, if the slug is taken.
    """
    await _sql.insert_organization(
        tx,
        org_id=org_id,
        slug=body.slug,
        name=body.name,
        approvals_required=body.policy.approvals_required,
        approval_ttl_hours=body.policy.approval_ttl_hours,
    )
    await _sql.insert_stream(tx, org_id=org_id)
    for member in body.principals:
        principal_id = await _principal(tx, member)
        await _sql.insert_membership(tx, org_id=org_id, principal_id=principal_id, role=member.role)


async def _principal(tx: Tx, member: Member) -> UUID:
    row = await _sql.principal_by_email(tx, id=uuid4(), kind=member.kind, name=member.name, email=member.email)
    return UUID(str(row["id"]))


async def find(tx: Tx, org_id: UUID) -> Organization | None:
    """The organization as it stands; None if there is none."""
    row = await _sql.organization(tx, org_id=org_id)
    return None if row is None else Organization(**dict(row))


async def set_state(tx: Tx, org_id: UUID, state: OrganizationState) -> None:
    """Move the organization; the database refuses a move that is not named."""
    await _sql.set_state(tx, org_id=org_id, state=state)


async def add_check(tx: Tx, org_id: UUID, kind: SubjectKind, subject_id: UUID, name: str) -> None:
    """A pending check of one thing that was onboarded."""
    await _sql.insert_check(tx, org_id=org_id, id=uuid4(), subject_kind=kind, subject_id=subject_id, subject_name=name)


async def reset_checks(tx: Tx, org_id: UUID) -> int:
    """How many checks there are, all pending again."""
    await _sql.reset_checks(tx, org_id=org_id)
    return int(await _sql.check_count(tx, org_id=org_id))


async def checks(tx: Tx, org_id: UUID) -> list[Check]:
    """Every check: secret contracts first, then runtime assets, then endpoints, each by name."""
    return [Check(**dict(row)) async for row in _sql.checks(tx, org_id=org_id)]


async def record_check(
    tx: Tx, org_id: UUID, check_id: UUID, *, state: CheckState, detail: str, remedy: str | None
) -> None:
    """Keep how a check went."""
    await _sql.record_check(tx, org_id=org_id, id=check_id, state=state, detail=detail, remedy=remedy)
