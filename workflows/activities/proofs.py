"""Proving an execution: a signed statement about it, put into the organization's log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from temporalio import activity

from contracts.calls import EndpointCall
from contracts.canonical import digest, digest_of_bytes
from contracts.checkpoint import Checkpoint
from contracts.dsse import Statement, Subject
from contracts.procedures import BrowserProcedure
from contracts.proofs import EXECUTION_PREDICATE, ProofRecorded, log_origin
from contracts.queue import Queued
from ledger import executions, harness, proofs, proposals
from ledger.executions import Execution
from ledger.harness import ArtifactHead
from ledger.pool import Tx, transaction
from ledger.proposals import Decision, Proposal
from workflows.activities import calls
from workflows.activities.edge import told
from workflows.activities.harness import tell
from workflows.activities.outside import Drivers
from workflows.activities.projections import REPORT_NAME, Repairing, repaired_rows
from workflows.activities.proposals import Carried

# A statement stays far below what an envelope may have (8 MiB), however many rows were put right.
_ROWS_STATED_MAX = 2_000


@dataclass(frozen=True)
class Ended:
    """An execution that ended, and what its harness kept."""

    queued: Queued
    execution: Execution
    artifacts: list[ArtifactHead]

    def statement(self, about: dict[str, Any]) -> Statement:
        """The statement about the execution; `about` is what only executions of its kind have."""
        execution = self.execution
        return Statement(
            subject=tuple(Subject(one.name, one.digest) for one in self.artifacts),
            predicate_type=EXECUTION_PREDICATE,
            predicate={
                "organization": str(self.queued.org_id),
                "harness": str(self.queued.harness_id),
                "command": str(self.queued.command_id),
                "execution": {
                    "id": str(execution.id),
                    "outcome": execution.state,
                    "reasonCode": execution.reason_code,
                    "reason": execution.reason,
                    "startedAt": _time(execution.started_at),
                    "finishedAt": _time(execution.finished_at),
                },
                **about,
                "artifacts": [{"id": str(one.id), "name": one.name, "digest": one.digest} for one in self.artifacts],
            },
        )


@dataclass(frozen=True)
class Proofs:
    """Runtime activities of proofs; the runtime alone holds the signing key."""

    drivers: Drivers

    @activity.defn(name="proofs.record")
    @told
    async def record(self, carried: Carried) -> UUID:
        """The id of the execution's one proof; repeating answers the same."""
        async with transaction(self.drivers.pool) as tx:
            ended = await _ended(tx, carried.queued, carried.execution_id)
            proposal = await proposals.find(tx, carried.queued.org_id, carried.proposal_id)
            decisions = await proposals.decisions(tx, carried.queued.org_id, proposal.id)
            done = await _done(tx, ended, proposal)
            return await self._record(tx, ended, {**_of_proposal(proposal, decisions), **done})

    @activity.defn(name="proofs.record_repair")
    @told
    async def record_repair(self, repairing: Repairing) -> UUID:
        """The id of the repair's one proof; repeating answers the same."""
        queued = repairing.queued
        async with transaction(self.drivers.pool) as tx:
            ended = await _ended(tx, queued, repairing.execution_id)
            kept = [one for one in ended.artifacts if one.name.startswith(REPORT_NAME)]
            bodies = [await harness.artifact_bytes(tx, queued.org_id, one.id) for one in kept]
            return await self._record(tx, ended, _of_repair(ended.execution, bodies))

    async def _record(self, tx: Tx, ended: Ended, about: dict[str, Any]) -> UUID:
        queued, execution, signer = ended.queued, ended.execution, self.drivers.signer
        envelope = signer.sign_statement(ended.statement(about))
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


async def _ended(tx: Tx, queued: Queued, execution_id: UUID) -> Ended:
    execution = await executions.find(tx, queued.org_id, execution_id)
    return Ended(queued, execution, await harness.artifact_heads(tx, queued.org_id, queued.harness_id))


def _of_repair(execution: Execution, bodies: list[bytes]) -> dict[str, Any]:
    rows = repaired_rows(bodies)
    return {
        "input": {"digest": execution.digest},
        "repair": {
            "rows": len(rows),
            # Beyond these the artifacts, which the statement is about, name the others.
            "first": [
                {
                    "harness": str(one.harness_id),
                    "kind": one.kind.value,
                    "fields": list(one.fields),
                    "before": one.shown,
                    "after": one.folded,
                }
                for one in rows[:_ROWS_STATED_MAX]
            ],
        },
    }


def _of_proposal(proposal: Proposal, decisions: list[Decision]) -> dict[str, Any]:
    return {
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
    }


async def _done(tx: Tx, ended: Ended, proposal: Proposal) -> dict[str, Any]:
    """What was to be done, and what is known of it beyond whether it succeeded."""
    payload = proposal.payload
    if isinstance(payload, EndpointCall):
        return {"call": await _called(tx, ended.queued, payload)}
    if isinstance(payload, BrowserProcedure):
        return {"procedure": {"digest": digest(payload.model_dump(mode="json")), "outcome": "not_begun"}}
    return {
        "change": {
            "branch": payload.branch,
            "targetBranch": payload.target_branch,
            "baseCommit": payload.base_commit,
            "commit": ended.execution.commit_id,
            "patchDigest": payload.patch_digest,
            "verify": payload.verify,
        },
    }


async def _called(tx: Tx, queued: Queued, call: EndpointCall) -> dict[str, Any]:
    request = await harness.artifact_named(tx, queued.org_id, queued.harness_id, calls.REQUEST)
    outcome = await harness.artifact_named(tx, queued.org_id, queued.harness_id, calls.OUTCOME)
    sent = None if outcome is None else calls.Sent.model_validate_json(outcome)
    return {
        "method": call.method,
        "path": call.path,
        # The kept request says all that was sent but the credential.
        "requestDigest": None if sent is None or request is None else digest_of_bytes(request),
        "outcome": "not_sent" if sent is None else sent.outcome,
        "status": None if sent is None else sent.status,
        "answerDigest": None if sent is None else sent.answer_digest,
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
