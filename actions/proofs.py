"""Verifying proofs and the growth of the log: from the stored bytes alone, whatever became of what they speak of."""

from actions.call import Call
from actions.command import Reader
from contracts import consistency, dsse
from contracts.proofs import ConsistencyProof, LogConsistency, ProofBundle, ProofCheck, VerifyProof, log_origin
from ledger import proofs


async def verify(call: Call, body: VerifyProof) -> ProofBundle:
    """Everything that verifies a proof offline, and what verifying it here said.

    Raises:
        Refusal: NOT_FOUND.
    """
    proof = await proofs.find(call.tx, call.org_id, body.proof_id)
    path = await proofs.inclusion_path(call.tx, call.org_id, leaf_index=proof.leaf_index, tree_size=proof.tree_size)
    report = dsse.verify(
        proof.envelope,
        dsse.Evidence(
            public_key_pem=proof.public_key_pem,
            leaf_index=proof.leaf_index,
            tree_size=proof.tree_size,
            inclusion_path=path,
            signed_checkpoint=proof.checkpoint,
            origin=log_origin(call.org_id),
        ),
    )
    return ProofBundle(
        proof_id=proof.id,
        execution_id=proof.execution_id,
        outcome="succeeded" if proof.outcome == "succeeded" else "failed",
        verified=report.ok,
        checks=tuple(ProofCheck(name=check.name, holds=check.ok, detail=check.detail) for check in report.checks),
        envelope=proof.envelope,
        leaf_index=proof.leaf_index,
        tree_size=proof.tree_size,
        inclusion_path=tuple(step.hex() for step in path),
        checkpoint=proof.checkpoint,
        key_id=proof.key_id,
        public_key_pem=proof.public_key_pem,
    )


async def consistent(call: Call, body: LogConsistency) -> ConsistencyProof:
    """Everything that shows offline that the log only grew, and what verifying it here said.

    Raises:
        Refusal: NOT_FOUND.
    """
    grown = await proofs.consistency(call.tx, call.org_id, from_size=body.from_size, to_size=body.to_size)
    checks = consistency.verify(
        consistency.Growth(
            earlier=grown.from_checkpoint,
            later=grown.to_checkpoint,
            earlier_key_pem=grown.from_public_key_pem,
            later_key_pem=grown.to_public_key_pem,
            path=grown.path,
            origin=log_origin(call.org_id),
        )
    )
    return ConsistencyProof(
        from_size=body.from_size,
        to_size=body.to_size,
        from_checkpoint=grown.from_checkpoint,
        to_checkpoint=grown.to_checkpoint,
        from_public_key_pem=grown.from_public_key_pem,
        to_public_key_pem=grown.to_public_key_pem,
        path=tuple(step.hex() for step in grown.path),
        verified=all(check.ok for check in checks),
        checks=tuple(ProofCheck(name=check.name, holds=check.ok, detail=check.detail) for check in checks),
    )


HANDLERS: dict[str, Reader] = {"log_consistency": consistent, "verify_proof": verify}
