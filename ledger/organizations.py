"""Organizations, who belongs to them, and the checks of their onboarding."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts.onboarding import Member, OnboardOrganization, SubjectKind
from contracts.refusals import Code, Refusal
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


@dataclass(frozen=True)
class FormerMember:
    """A member as it was before a change."""

    name: str
    role: Role


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
        principal_id, _name = await _principal(tx, member)
        await _sql.insert_membership(tx, org_id=org_id, principal_id=principal_id, role=member.role)


async def _principal(tx: Tx, member: Member) -> tuple[UUID, str]:
    wanted = {"kind": member.kind, "name": member.name, "email": member.email}
    row = await _sql.principal_by_email(tx, id=uuid4(), **wanted)
    if row is None:
        row = await _sql.principal_by_email(tx, id=uuid4(), **wanted)
    return UUID(str(row["id"])), row["name"]


async def add_member(tx: Tx, org_id: UUID, member: Member) -> tuple[UUID, str]:
    """The principal that is a member from now on, and the name that it goes by.

    Raises:
        Refusal: NOT_FOUND, if there is no such organization, or ALREADY_EXISTS.
    """
    await lock(tx, org_id)
    principal_id, name = await _principal(tx, member)
    if await _sql.add_membership(tx, org_id=org_id, principal_id=principal_id, role=member.role) is None:
        raise Refusal(Code.ALREADY_EXISTS, "Somebody with this email is a member of the organization already.")
    return principal_id, name


async def lock(tx: Tx, org_id: UUID) -> str:
    """The organization's slug; until the transaction ends nobody else changes what it consists of.

    Raises:
        Refusal: NOT_FOUND.
    """
    slug = await _sql.lock_organization(tx, org_id=org_id)
    if slug is None:
        raise Refusal(Code.NOT_FOUND, "There is no such organization.")
    return slug


async def change_member(tx: Tx, org_id: UUID, principal_id: UUID, role: Role) -> FormerMember:
    """The member as it was before it was given the role.

    Raises:
        Refusal: NOT_FOUND, or LAST_OWNER.
    """
    member = await _member(tx, org_id, principal_id, stays_owner=role is Role.OWNER)
    await _sql.change_membership(tx, org_id=org_id, principal_id=principal_id, role=role)
    return member


async def remove_member(tx: Tx, org_id: UUID, principal_id: UUID) -> FormerMember:
    """The member as it was before it was taken out.

    Raises:
        Refusal: NOT_FOUND, or LAST_OWNER.
    """
    member = await _member(tx, org_id, principal_id, stays_owner=False)
    await _sql.remove_membership(tx, org_id=org_id, principal_id=principal_id)
    return member


async def _member(tx: Tx, org_id: UUID, principal_id: UUID, *, stays_owner: bool) -> FormerMember:
    await lock(tx, org_id)
    row = await _sql.member(tx, org_id=org_id, principal_id=principal_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such member in this organization.")
    if row["role"] == Role.OWNER and row["owners"] == 1 and not stays_owner:
        raise Refusal(Code.LAST_OWNER, "This is the organization's last owner; make somebody else an owner first.")
    return FormerMember(row["name"], Role(row["role"]))


async def find(tx: Tx, org_id: UUID) -> Organization | None:
    """The organization as it stands; None if there is none."""
    row = await _sql.organization(tx, org_id=org_id)
    return None if row is None else Organization(**dict(row))


async def set_state(tx: Tx, org_id: UUID, state: OrganizationState) -> None:
    """Move the organization; the database refuses a move that is not named."""
    await _sql.set_state(tx, org_id=org_id, state=state)


async def add_check(tx: Tx, org_id: UUID, kind: SubjectKind, subject_id: UUID, name: str, *, harness_id: UUID) -> None:
    """A pending check of one thing that was declared, for this harness to run."""
    await _sql.insert_check(
        tx,
        org_id=org_id,
        id=uuid4(),
        harness_id=harness_id,
        subject_kind=kind,
        subject_id=subject_id,
        subject_name=name,
    )


async def reset_checks(tx: Tx, org_id: UUID, harness_id: UUID) -> int:
    """How many checks there are of what is in use, all pending again, for this harness to run."""
    return int(await _sql.reset_checks(tx, org_id=org_id, harness_id=harness_id))


async def reset_check(tx: Tx, org_id: UUID, subject_id: UUID, harness_id: UUID) -> None:
    """The check of one thing that is declared is pending again, for this harness to run."""
    await _sql.reset_check(tx, org_id=org_id, subject_id=subject_id, harness_id=harness_id)


async def checks(tx: Tx, org_id: UUID, harness_id: UUID) -> list[Check]:
    """What the harness is to check: secret contracts first, then runtime assets, then endpoints, each by name."""
    return [Check(**dict(row)) async for row in _sql.checks(tx, org_id=org_id, harness_id=harness_id)]


async def not_passed(tx: Tx, org_id: UUID) -> dict[UUID, CheckState]:
    """The checks of what is in use that have not passed: pending or failed."""
    return {row["id"]: CheckState(row["state"]) async for row in _sql.not_passed(tx, org_id=org_id)}


async def record_check(
    tx: Tx, org_id: UUID, check_id: UUID, *, harness_id: UUID, state: CheckState, detail: str, remedy: str | None
) -> bool:
    """Keep how a check went; False if a later harness was asked to run it anew, whose word counts instead."""
    kept = await _sql.record_check(
        tx, org_id=org_id, id=check_id, harness_id=harness_id, state=state, detail=detail, remedy=remedy
    )
    return kept is not None
