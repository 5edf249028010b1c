"""Proving an execution: a signed statement about it, put into the organization's log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from temporalio import activity

from contracts.checkpoint import Checkpoint
from contracts.dsse import Statement, Subject
from contracts.proofs import EXECUTION_PREDICATE, ProofRecorded, log_origin
from ledger import executions, harness, proofs, proposals
from ledger.executions import Execution
from ledger.harness import ArtifactHead
from ledger.pool import Tx, transaction
from ledger.proposals import Decision, Proposal
from workflows.activities.edge import told
from workflows.activities.harness import tell
from workflows.activities.outside import Drivers
from workflows.activities.proposals import Carried


@dataclass(frozen=True)
class Proofs:
    """Runtime activities of proofs; the runtime alone holds the signing key."""

    drivers: Drivers

    @activity.defn(name="proofs.record")
    @told
    async def record(self, carried: Carried) -> UUID:
        """The id of the execution's one proof; repeating answers the same."""
        queued = carried.queued
        signer = self.drivers.signer
        async with transaction(self.drivers.pool) as tx:
            statement, execution = await _statement(tx, carried)
            envelope = signer.sign_statement(statement)
            origin = log_origin(queued.org_id)
            new = proofs.NewProof(
                execution_id=execution.id,
                harness_id=queued.harness_id,
                outcome=execution.state,
                predicate_type=EXECUTION_PREDICATE,
                envelope=envelope.text(),
                leaf=envelope.leaf(),
                key_id=signer.key_id,
                public_key_pem=signer.public_key_pem,
            )
            proof_id, leaf_index = await proofs.record(
                tx, queued.org_id, new, lambda size, root: signer.sign_checkpoint(Checkpoint(origin, size, root))
            )
            await harness.tie(tx, queued.org_id, (("execution", execution.id), "proved_by", ("proof", proof_id)))
            event = ProofRecorded(proof_id=proof_id, execution_id=execution.id, leaf_index=leaf_index)
            await tell(tx, queued, event, "proved", subject=f"proof/{proof_id}")
        return proof_id


async def _statement(tx: Tx, carried: Carried) -> tuple[Statement, Execution]:
    org_id = carried.queued.org_id
    execution = await executions.find(tx, org_id, carried.execution_id)
    proposal = await proposals.find(tx, org_id, carried.proposal_id)
    decisions = await proposals.decisions(tx, org_id, proposal.id)
    artifacts = await harness.artifact_heads(tx, org_id, carried.queued.harness_id)
    statement = Statement(
        subject=tuple(Subject(one.name, one.digest) for one in artifacts),
        predicate_type=EXECUTION_PREDICATE,
        predicate=_predicate(carried, execution, proposal, decisions, artifacts),
    )
    return statement, execution


def _predicate(
    carried: Carried,
    execution: Execution,
    proposal: Proposal,
    decisions: list[Decision],
    artifacts: list[ArtifactHead],
) -> dict[str, Any]:
    payload = proposal.payload
    return {
        "organization": str(carried.queued.org_id),
        "harness": str(carried.queued.harness_id),
        "command": str(carried.queued.command_id),
        "execution": {
            "id": str(execution.id),
            "outcome": execution.state,
            "reasonCode": execution.reason_code,
            "reason": execution.reason,
            "startedAt": _time(execution.started_at),
            "finishedAt": _time(execution.finished_at),
        },
        "proposal": {
            "id": str(proposal.id),
            "kind": proposal.kind,
            "digest": proposal.digest,
            "principal": str(proposal.principal_id),
            "bound": proposal.bound.model_dump(mode="json"),
        },
        "decisions": [
            {
                "id": str(one.id),
                "principal": str(one.principal_id),
                "verdict": one.verdict,
                "digest": one.digest,
                "decidedAt": _time(one.decided_at),
            }
            for one in decisions
        ],
        "change": {
            "branch": payload.branch,
            "targetBranch": payload.target_branch,
            "baseCommit": payload.base_commit,
            "commit": execution.commit_id,
            "patchDigest": payload.patch_digest,
            "verify": payload.verify,
        },
        "artifacts": [{"id": str(one.id), "name": one.name, "digest": one.digest} for one in artifacts],
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
