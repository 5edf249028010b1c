"""Verifying a proof without the platform: from a bundle alone."""

from typing import Any
from uuid import UUID

from contracts import dsse
from contracts.proofs import ProofBundle, log_origin

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


def as_json(report: dsse.Report) -> dict[str, Any]:
    """The report with every check by name, and the statement if it was signed by the key."""
    statement = report.statement
    return {
        "verified": report.ok,
        "checks": [{"name": check.name, "holds": check.ok, "detail": check.detail} for check in report.checks],
        "statement": None if statement is None else statement.document(),
    }
