"""Verifying without the platform: a proof from its bundle alone, and the growth of a log from two checkpoints."""

from typing import Any
from uuid import UUID

from contracts import consistency, dsse
from contracts.proofs import ConsistencyProof, ProofBundle, log_origin

BUNDLE_FIELDS = """proof_id execution_id outcome verified checks { name holds detail } envelope leaf_index tree_size
    inclusion_path checkpoint key_id public_key_pem"""


def verify(bundle: ProofBundle, *, org_id: UUID | None = None, public_key_pem: str | None = None) -> dsse.Report:
    """What holds about the bundle.

    `public_key_pem` is a key that the caller trusts (None: the bundle's own, which shows only that the bundle agrees
    with itself); `org_id` demands that organization's log.
    """
    return dsse.verify(
        bundle.envelope,
        dsse.Evidence(
            public_key_pem=public_key_pem or bundle.public_key_pem,
            leaf_index=bundle.leaf_index,
            tree_size=bundle.tree_size,
            inclusion_path=[bytes.fromhex(step) for step in bundle.inclusion_path],
            signed_checkpoint=bundle.checkpoint,
            origin=None if org_id is None else log_origin(org_id),
        ),
    )


def growth(
    proof: ConsistencyProof, org_id: UUID | None = None, *, public_key_pem: str | None = None
) -> consistency.Growth:
    """What is to be verified of a consistency proof.

    `public_key_pem` is a key that the caller trusts for both checkpoints (None: those of the proof, which shows only
    that the proof agrees with itself).
    """
    return consistency.Growth(
        earlier=proof.from_checkpoint,
        later=proof.to_checkpoint,
        earlier_key_pem=public_key_pem or proof.from_public_key_pem,
        later_key_pem=public_key_pem or proof.to_public_key_pem,
        path=[bytes.fromhex(step) for step in proof.path],
        origin=None if org_id is None else log_origin(org_id),
    )


def as_json(report: dsse.Report) -> dict[str, Any]:
    """The report with every check by name, and the statement if it was signed by the key."""
    statement = report.statement
    return {
        "verified": report.ok,
        "checks": [{"name": check.name, "holds": check.ok, "detail": check.detail} for check in report.checks],
        "statement": None if statement is None else statement.document(),
    }
