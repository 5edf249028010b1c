"""Proposals, decisions on them, and the one way from an approval to a queued command."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from contracts.proposals import PROPOSAL_KINDS, Bound, GitChange, Payload, ProposalKind
from contracts.refusals import Code, Refusal
from contracts.states import ProposalState
from ledger.pool import Tx
from ledger.statements import load

_sql = load("proposals")


@dataclass(frozen=True)
class Proposal:
    """One proposal as it stands."""

    id: UUID
    kind: str
    title: str
    harness_id: UUID
    work_id: UUID
    endpoint_id: UUID
    runtime_asset_id: UUID
    payload: Payload
    bound: Bound
    digest: str
    state: str
    principal_id: UUID
    expires_at: datetime
    expired: bool

    @property
    def change(self) -> GitChange:
        """The change of a repository that is proposed.

        Raises:
            TypeError: if it is of another kind, which is a fault of ours.
        """
        if not isinstance(self.payload, GitChange):
            raise TypeError(f"a proposal of kind {self.kind} changes no repository")
        return self.payload


@dataclass(frozen=True)
class Decision:
    """One approval or rejection."""

    id: UUID
    principal_id: UUID
    verdict: str
    digest: str
    decided_at: datetime


@dataclass(frozen=True)
class NewProposal:
    """A proposal about to be submitted."""

    id: UUID
    kind: str
    title: str
    harness_id: UUID
    work_id: UUID
    payload: Payload
    bound: Bound
    digest: str
    principal_id: UUID


async def add(tx: Tx, org_id: UUID, new: NewProposal) -> datetime | None:
    """When the proposal expires; None if the harness has one already."""
    row = await _sql.insert_proposal(
        tx,
        org_id=org_id,
        id=new.id,
        kind=new.kind,
        title=new.title,
        harness_id=new.harness_id,
        work_id=new.work_id,
        endpoint_id=new.bound.endpoint_id,
        runtime_asset_id=new.bound.runtime_asset_id,
        payload=new.payload.model_dump(mode="json"),
        bound=new.bound.model_dump(mode="json"),
        digest=new.digest,
        principal_id=new.principal_id,
    )
    return None if row is None else row["expires_at"]


async def lock(tx: Tx, org_id: UUID, proposal_id: UUID) -> Proposal:
    """The proposal, held against every other decision until the transaction ends.

    Raises:
        Refusal: NOT_FOUND.
    """
    return _proposal(await _sql.lock_proposal(tx, org_id=org_id, id=proposal_id))


async def lock_of_harness(tx: Tx, org_id: UUID, harness_id: UUID) -> tuple[UUID, ProposalState] | None:
    """The harness's proposal and where it stands, held like `lock`; None if it made none."""
    row = await _sql.lock_proposal_of_harness(tx, org_id=org_id, harness_id=harness_id)
    return None if row is None else (row["id"], ProposalState(row["state"]))


async def find(tx: Tx, org_id: UUID, proposal_id: UUID) -> Proposal:
    """The proposal as it stands.

    Raises:
        Refusal: NOT_FOUND.
    """
    return _proposal(await _sql.proposal(tx, org_id=org_id, id=proposal_id))


def _proposal(row: dict[str, Any] | None) -> Proposal:
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such proposal in this organization.")
    values: dict[str, Any] = {
        **row,
        "payload": PROPOSAL_KINDS[ProposalKind(row["kind"])].model_validate(row["payload"]),
        "bound": Bound.model_validate(row["bound"]),
    }
    return Proposal(**values)


async def bound_now(
    tx: Tx, org_id: UUID, *, endpoint_id: UUID, runtime_asset_id: UUID, held: bool = False
) -> Bound | None:
    """What a proposal's digest binds at this moment; None if the endpoint or the asset is gone or retired.

    `held` keeps it so until the transaction ends.
    """
    statement = _sql.bound_now if held else _sql.bound_seen
    row = await statement(tx, org_id=org_id, endpoint_id=endpoint_id, runtime_asset_id=runtime_asset_id)
    if row is None or row["endpoint_state"] != "active" or row["asset_state"] != "active":
        return None
    secret = row["secret_contract_digest"]
    return Bound(
        endpoint_id=endpoint_id,
        endpoint_digest=row["endpoint_digest"],
        runtime_asset_id=runtime_asset_id,
        runtime_asset_digest=row["runtime_asset_digest"],
        secret_contract_digests=() if secret is None else (secret,),
        policy_version=row["policy_version"],
    )


async def move(tx: Tx, org_id: UUID, proposal_id: UUID, state: ProposalState) -> bool:
    """Whether the proposal stood elsewhere before."""
    return await _sql.move(tx, org_id=org_id, id=proposal_id, state=state) is not None


async def decide(
    tx: Tx, org_id: UUID, proposal: Proposal, *, principal_id: UUID, verdict: str, reason: str | None
) -> UUID:
    """The decision's id.

    Raises:
        asyncpg.PostgresError: proposal_decision_once, _digest, _not_own or _role.
    """
    decision_id = uuid4()
    await _sql.insert_decision(
        tx,
        org_id=org_id,
        id=decision_id,
        proposal_id=proposal.id,
        principal_id=principal_id,
        verdict=verdict,
        digest=proposal.digest,
        reason=reason,
    )
    return decision_id


async def approvals(tx: Tx, org_id: UUID, proposal: Proposal) -> tuple[int, int]:
    """How many approvals of the digest there are, and how many the policy asks for."""
    row = await _sql.approvals(tx, org_id=org_id, proposal_id=proposal.id, digest=proposal.digest)
    return row["given"], row["required"]


async def decisions(tx: Tx, org_id: UUID, proposal_id: UUID) -> list[Decision]:
    """Every decision, oldest first."""
    return [Decision(**dict(row)) async for row in _sql.decisions(tx, org_id=org_id, proposal_id=proposal_id)]


async def consume(tx: Tx, org_id: UUID, proposal: Proposal) -> UUID:
    """The consumption that a command must name, in this same transaction.

    Raises:
        asyncpg.PostgresError: approval_consumed_once or approval_consumption_approved.
    """
    consumption_id = uuid4()
    await _sql.consume(tx, id=consumption_id, org_id=org_id, proposal_id=proposal.id, digest=proposal.digest)
    return consumption_id
