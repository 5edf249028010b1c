"""Proofs: signed statements about executions, in an append-only log, verifiable without us."""

from typing import Literal
from uuid import UUID

from contracts.base import Action, Contract, EventData
from contracts.refusals import Code
from contracts.vocabulary import Role

EXECUTION_PREDICATE = "https://fractalops.dev/attestation/execution/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"


class VerifyProof(Contract):
    """Which proof to verify."""

    proof_id: UUID


class ProofCheck(Contract):
    """One thing that was checked; `detail` says why when it does not hold."""

    name: str
    holds: bool
    detail: str


class ProofBundle(Contract):
    """Everything that verifies one proof offline, and what verifying it here said.

    `envelope` is the DSSE envelope byte for byte; `inclusion_path` holds lowercase hex hashes, leaf side first.
    """

    proof_id: UUID
    execution_id: UUID
    outcome: Literal["succeeded", "failed"]
    verified: bool
    checks: tuple[ProofCheck, ...]
    envelope: str
    leaf_index: int
    tree_size: int
    inclusion_path: tuple[str, ...]
    checkpoint: str
    key_id: str
    public_key_pem: str


class ProofRecorded(EventData):
    """A signed statement about an execution was put into the organization's log."""

    proof_id: UUID
    execution_id: UUID
    leaf_index: int


EVENTS: tuple[type[EventData], ...] = (ProofRecorded,)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="verify_proof",
        kind="proofs.verify",
        operation="query",
        takes=VerifyProof,
        answers=ProofBundle,
        roles=(Role.VIEWER, Role.OPERATOR, Role.APPROVER, Role.OWNER),
        says="Verify a proof's signature and its place in the log, and answer all that verifies it offline.",
        events=(),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
)


def log_origin(org_id: UUID) -> str:
    """The name under which an organization's log signs its checkpoints."""
    return f"fractalops.dev/log/{org_id}"
