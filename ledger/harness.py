"""Harnesses, and what they saw and kept."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from contracts.artifacts import Artifact
from contracts.harness import ContinuityReceipt, HarnessQueued, LaunchOrigin
from contracts.refusals import Code, Refusal
from contracts.states import Phase
from contracts.vocabulary import Purpose
from ledger.pool import Tx
from ledger.statements import load
from projections import harness as projection_of_harness

_sql = load("harness")


async def queue(tx: Tx, org_id: UUID, harness_id: UUID, *, command_id: UUID, event: HarnessQueued) -> None:
    """A new harness and its first event. The organization's place in the order is held from here on."""
    at = datetime.now(UTC)
    receipt = ContinuityReceipt(continuity=event.continuity, from_harness_id=event.from_harness_id)
    await _sql.queue_harness(
        tx,
        org_id=org_id,
        harness_id=harness_id,
        purpose=event.purpose,
        title=event.title,
        work_id=event.work_id,
        principal_id=event.principal_id,
        command_id=command_id,
        continuity=event.continuity,
        continuity_receipt=receipt.model_dump(mode="json"),
        type=event.type_name(),
        subject=f"harness/{harness_id}",
        data=event.model_dump(mode="json"),
        cause=f"{command_id}/queued",
        occurred_at=at,
        projection=projection_of_harness.first(event, at).model_dump(mode="json"),
    )


async def move(tx: Tx, org_id: UUID, harness_id: UUID, phase: Phase) -> bool:
    """Whether the harness stood elsewhere before.

    Raises:
        asyncpg.CheckViolationError: harness_transition, if it cannot move there.
    """
    return await _sql.move(tx, org_id=org_id, id=harness_id, state=phase, final=phase.final) is not None


async def phase(tx: Tx, org_id: UUID, harness_id: UUID) -> Phase:
    """Where the harness stands, held until the transaction ends.

    Raises:
        Refusal: NOT_FOUND.
    """
    state = await _sql.state(tx, org_id=org_id, id=harness_id)
    if state is None:
        raise Refusal(Code.NOT_FOUND, "There is no such harness in this organization.")
    return Phase(state)


@dataclass(frozen=True)
class Standing:
    """What a harness is for and where it stands."""

    purpose: Purpose
    phase: Phase


async def lock(tx: Tx, org_id: UUID, harness_id: UUID) -> Standing:
    """What the harness is for and where it stands, held until the transaction ends.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.lock_harness(tx, org_id=org_id, id=harness_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such harness in this organization.")
    return Standing(Purpose(row["purpose"]), Phase(row["state"]))


async def seen(tx: Tx, org_id: UUID, harness_id: UUID) -> Phase:
    """Where the harness stands at this moment; nothing is held."""
    return Phase(await _sql.seen_state(tx, org_id=org_id, id=harness_id))


async def receipt(tx: Tx, org_id: UUID, harness_id: UUID) -> ContinuityReceipt:
    """What the harness is known to have taken up so far."""
    return ContinuityReceipt.model_validate(await _sql.receipt(tx, org_id=org_id, id=harness_id))


async def set_receipt(tx: Tx, org_id: UUID, harness_id: UUID, receipt: ContinuityReceipt) -> None:
    """Keep what survived and what was lost, now that it is known."""
    await _sql.set_receipt(tx, org_id=org_id, id=harness_id, receipt=receipt.model_dump(mode="json"))


async def diagnose_launch(
    tx: Tx, org_id: UUID, harness_id: UUID, *, kind: str, name: str, origin: LaunchOrigin, duration_ms: int
) -> None:
    """Keep how a launch came about, for operators and owners."""
    await _sql.insert_launch_diagnostic(
        tx,
        org_id=org_id,
        id=uuid4(),
        harness_id=harness_id,
        runtime_kind=kind,
        runtime_name=name,
        origin=origin,
        duration_ms=duration_ms,
    )


async def observe(
    tx: Tx, org_id: UUID, harness_id: UUID, *, kind: str, subject: str, digest: str | None, detail: dict[str, Any]
) -> None:
    """Keep something that the runtime saw."""
    await _sql.insert_observation(
        tx, org_id=org_id, id=uuid4(), harness_id=harness_id, kind=kind, subject=subject, digest=digest, detail=detail
    )


@dataclass(frozen=True)
class CheckedOut:
    """What a harness checked out last, and the digest of the runtime asset in which it did."""

    branch: str
    commit: str
    runtime_asset_digest: str


async def checked_out(tx: Tx, org_id: UUID, harness_id: UUID) -> CheckedOut | None:
    """What the harness observed that it checked out; None if it never came to that."""
    row = await _sql.checked_out(tx, org_id=org_id, harness_id=harness_id)
    return None if row is None else CheckedOut(**dict(row))


async def keep(tx: Tx, org_id: UUID, harness_id: UUID, artifact: Artifact) -> UUID:
    """The artifact's id; the same name again in one harness is the same artifact."""
    kept = await _sql.insert_artifact(
        tx,
        org_id=org_id,
        id=uuid4(),
        harness_id=harness_id,
        **artifact.model_dump(),
    )
    return UUID(str(kept))


async def keep_first(tx: Tx, org_id: UUID, harness_id: UUID, artifact: Artifact) -> UUID | None:
    """The artifact's id; None if the harness has one of this name already, by whoever came first."""
    return await _sql.insert_first_artifact(
        tx, org_id=org_id, id=uuid4(), harness_id=harness_id, **artifact.model_dump()
    )


async def artifact_bytes(tx: Tx, org_id: UUID, artifact_id: UUID) -> bytes:
    """An artifact's bytes.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.artifact(tx, org_id=org_id, id=artifact_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such artifact in this organization.")
    return _bytes_of(row)


async def artifact_named(tx: Tx, org_id: UUID, harness_id: UUID, name: str) -> bytes | None:
    """The bytes of the harness's artifact of this name; None if it keeps none."""
    row = await _sql.artifact_named(tx, org_id=org_id, harness_id=harness_id, name=name)
    return None if row is None else _bytes_of(row)


def _bytes_of(row: Mapping[str, str]) -> bytes:
    body = row["body"]
    return base64.b64decode(body) if row["encoding"] == "base64" else body.encode()


@dataclass(frozen=True)
class ArtifactHead:
    """An artifact without its bytes."""

    id: UUID
    name: str
    digest: str


async def artifact_heads(tx: Tx, org_id: UUID, harness_id: UUID) -> list[ArtifactHead]:
    """What a harness kept, by name."""
    rows = _sql.artifact_heads(tx, org_id=org_id, harness_id=harness_id)
    return [ArtifactHead(**dict(row)) async for row in rows]


Node = tuple[str, UUID | str]


async def tie(tx: Tx, org_id: UUID, *edges: tuple[Node, str, Node]) -> None:
    """Add edges (from, relation, to) to the lineage graph; known ones stay as they are."""
    rows = [
        {"from_kind": a[0], "from_id": str(a[1]), "relation": relation, "to_kind": b[0], "to_id": str(b[1])}
        for a, relation, b in edges
    ]
    await _sql.insert_edge(tx, org_id=org_id, edges=rows)
