"""Recovery cases: opened once for each round of a command, answered once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from contracts.base import Json
from contracts.recovery import SEEN, RecoveryKind, Wanted
from contracts.refusals import Code, Refusal
from contracts.states import RecoveryState
from ledger.pool import Tx
from ledger.statements import load

_sql = load("recovery")


@dataclass(frozen=True)
class RecoveryCase:
    """One case as it stands; `expires_in_s` is how long it still waits for an answer."""

    id: UUID
    harness_id: UUID
    command_id: UUID
    round: int
    kind: RecoveryKind
    seen: Json
    wanted: Wanted
    state: RecoveryState
    answer: Json | None
    expires_at: datetime
    expired: bool
    expires_in_s: float


@dataclass(frozen=True)
class NewCase:
    """A case about to be opened."""

    harness_id: UUID
    command_id: UUID
    round: int
    kind: RecoveryKind
    seen: Json
    wanted: Wanted


async def surroundings(tx: Tx, org_id: UUID, harness_id: UUID) -> Json:
    """What a harness of work works on: ids and names of endpoint, secret contract and runtime asset, and its limits.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.surroundings(tx, org_id=org_id, harness_id=harness_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such harness of work in this organization.")
    return dict(row)


async def add(tx: Tx, org_id: UUID, new: NewCase) -> RecoveryCase:
    """The command's case of this round: this one, or the one that it has already."""
    await _sql.insert_case(
        tx,
        org_id=org_id,
        id=uuid4(),
        harness_id=new.harness_id,
        command_id=new.command_id,
        round=new.round,
        kind=new.kind,
        seen=SEEN[new.kind].model_validate(new.seen).model_dump(mode="json"),
        wanted=new.wanted.model_dump(mode="json"),
    )
    return await of_round(tx, new.command_id, new.round)


async def of_round(tx: Tx, command_id: UUID, round_: int) -> RecoveryCase:
    """The case that a command opened in this round, held until the transaction ends."""
    return _case(await _sql.case_of_round(tx, command_id=command_id, round=round_))


async def open_of(tx: Tx, org_id: UUID, harness_id: UUID) -> RecoveryCase | None:
    """The case that the harness waits for, held until the transaction ends; None if it waits for none."""
    row = await _sql.open_of(tx, org_id=org_id, harness_id=harness_id)
    return None if row is None else _case(row)


async def lock(tx: Tx, org_id: UUID, case_id: UUID) -> RecoveryCase:
    """The case, held against every other answer.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.lock_case(tx, org_id=org_id, id=case_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such recovery case in this organization.")
    return _case(row)


async def harness_of(tx: Tx, org_id: UUID, case_id: UUID) -> UUID:
    """The harness that waits, or waited, for the answer.

    Raises:
        Refusal: NOT_FOUND.
    """
    harness_id = await _sql.harness_of(tx, org_id=org_id, id=case_id)
    if harness_id is None:
        raise Refusal(Code.NOT_FOUND, "There is no such recovery case in this organization.")
    return UUID(str(harness_id))


async def resolve(tx: Tx, org_id: UUID, case_id: UUID, *, answer: Json, principal_id: UUID) -> None:
    """Keep the answer of an open case."""
    await _sql.resolve(tx, org_id=org_id, id=case_id, answer=answer, principal_id=principal_id)


async def abandon(tx: Tx, org_id: UUID, case_id: UUID) -> None:
    """Say that nobody answered an open case."""
    await _sql.abandon(tx, org_id=org_id, id=case_id)


def _case(row: Any) -> RecoveryCase:
    values: dict[str, Any] = {
        **row,
        "kind": RecoveryKind(row["kind"]),
        "state": RecoveryState(row["state"]),
        "wanted": Wanted.model_validate(row["wanted"]),
    }
    return RecoveryCase(**values)
