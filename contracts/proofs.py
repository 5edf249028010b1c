"""Proofs: signed statements about executions, in an append-only log, verifiable without us."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from contracts.base import Action, Contract, EventData
from contracts.refusals import Code
from contracts.vocabulary import Role

EXECUTION_PREDICATE = "https://fractalops.dev/attestation/execution/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"

# GraphQL's integers end here; a log of one proof a second gets there in 68 years.
LEAVES_MAX = 2**31 - 1


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


class LogConsistency(Contract):
    """Between which two checkpoints of the organization's log: the leaves that each of them covers."""

    from_size: int = Field(ge=1, le=LEAVES_MAX)
    to_size: int = Field(ge=1, le=LEAVES_MAX)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_size > self.to_size:
            raise ValueError("from_size must not be larger than to_size")
        return self


class ConsistencyProof(Contract):
    """Everything that shows offline that a log only grew between two checkpoints, and what verifying it here said.

    The checkpoints are signed notes, byte for byte, each with the key that signed it; `path` holds lowercase hex.
    """

    from_size: int
    to_size: int
    from_checkpoint: str
    to_checkpoint: str
    from_public_key_pem: str
    to_public_key_pem: str
    path: tuple[str, ...]
    verified: bool
    checks: tuple[ProofCheck, ...]


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
    Action(
        name="log_consistency",
        kind="proofs.consistency",
        operation="query",
        takes=LogConsistency,
        answers=ConsistencyProof,
        roles=(Role.VIEWER, Role.OPERATOR, Role.APPROVER, Role.OWNER),
        says="Prove that the log of one checkpoint begins with the whole log of an earlier one.",
        events=(),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
)


def log_origin(org_id: UUID) -> str:
    """The name under which an organization's log signs its checkpoints."""
    return f"fractalops.dev/log/{org_id}"
