"""A harness whose events a test tells and whose artifacts it keeps, by the functions that activities use."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from contracts.artifacts import Artifact
from contracts.base import EventData
from contracts.harness import HarnessQueued
from contracts.states import Phase
from contracts.vocabulary import Continuity, Purpose
from ledger import harness, outbox, queue
from ledger.pool import Pool, transaction

STEPS_TOTAL = 8


@dataclass(frozen=True)
class Told:
    """One harness of an organization, at whatever moment of its life a test needs."""

    pool: Pool
    org_id: UUID
    title: str
    principal_id: UUID | None = None
    purpose: Purpose = Purpose.WORK
    continuity: Continuity = Continuity.FRESH
    work_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)

    async def begins(self) -> "Told":
        """The harness, recorded as by a command that no dispatcher takes up."""
        event = HarnessQueued(
            purpose=self.purpose,
            title=self.title,
            continuity=self.continuity,
            work_id=self.work_id,
            principal_id=self.principal_id,
            steps_total=STEPS_TOTAL,
        )
        command = queue.NewCommand(
            id=uuid4(),
            org_id=self.org_id,
            kind="work.launch",
            idempotency_key=uuid4(),
            input_digest=b"",
            principal_id=self.principal_id,
            harness_id=self.id,
        )
        async with transaction(self.pool) as tx:
            await queue.record(tx, command)
            await harness.queue(tx, self.org_id, self.id, command_id=command.id, event=event)
        return self

    async def happens(self, *events: EventData) -> None:
        """Tell events, one after the other."""
        async with transaction(self.pool) as tx:
            for event in events:
                await outbox.append(
                    tx,
                    self.org_id,
                    event,
                    cause=f"test/{uuid4()}",
                    subject=f"harness/{self.id}",
                    harness_id=self.id,
                )

    async def tells(self, type_name: str, data: dict[str, Any]) -> int:
        """The position of an event of any type, which changes nothing of the live row but its position."""
        async with transaction(self.pool) as tx:
            read = await tx.fetchrow("SELECT * FROM ledger.read_stream($1, $2, '')", self.org_id, self.id)
            assert read is not None
            return await tx.fetchval(
                "SELECT ledger.append_event($1, $2, $3, $4, $5, $6, now(), NULL, $7, $8)",
                *(self.org_id, self.id, type_name, f"harness/{self.id}", data, f"test/{uuid4()}"),
                *(read["projection"], read["last_position"]),
            )

    async def moves(self, *phases: Phase) -> None:
        """The harness's own row, brought through phases without a word."""
        async with transaction(self.pool) as tx:
            for phase in phases:
                await harness.move(tx, self.org_id, self.id, phase)

    async def keeps(self, name: str, media_type: str, data: bytes, **limits: int) -> UUID:
        """The id of an artifact with these bytes."""
        async with transaction(self.pool) as tx:
            return await harness.keep(tx, self.org_id, self.id, Artifact.of(name, media_type, data, **limits))
