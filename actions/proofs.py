"""Verifying proofs: from the stored bytes alone, whatever became of what they speak of."""

from actions.call import Call
from actions.command import Reader
from contracts import dsse
from contracts.proofs import ProofBundle, ProofCheck, VerifyProof, log_origin
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


HANDLERS: dict[str, Reader] = {"verify_proof": verify}
