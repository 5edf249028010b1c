"""Following a harness when Realtime pushes nothing, and what is shown of it."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from entrypoints.cli import following
from entrypoints.cli.following import Watched, follow
from entrypoints.cli.output import Failure
from fractalops_client import HarnessProjectionRow

HARNESS = UUID("11111111-0000-4000-8000-000000000000")


def row(position: int, phase: str, harness_id: UUID = HARNESS) -> HarnessProjectionRow:
    return HarnessProjectionRow.model_construct(
        harness_id=harness_id, last_position=position, phase=phase, headline=phase, steps_done=0, steps_total=8
    )


class Caller:
    """A platform whose Realtime does not answer; each reading gives the next row, the last again and again."""

    def __init__(self, *rows: HarnessProjectionRow) -> None:
        self.platform = self
        self._rows = list(rows)

    async def harness_projection(self, _harness_id: UUID) -> list[HarnessProjectionRow]:
        await asyncio.sleep(0)
        found = self._rows.pop(0) if len(self._rows) > 1 else self._rows[0] if self._rows else None
        return [found] if found else []

    async def supabase(self) -> Any:
        raise OSError("nobody listens")


@pytest.fixture(autouse=True)
def _read_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_READ_EVERY_S", 0.01)


async def test_without_pushes_readings_bring_every_phase():
    seen: list[str] = []
    caller: Any = Caller(row(1, "queued"), row(2, "running"), row(2, "running"), row(5, "succeeded"))

    last = await follow(caller, HARNESS, show=lambda one: seen.append(one.phase), within_s=5)

    assert last.phase == "succeeded"
    assert seen == ["queued", "running", "succeeded"]


async def test_following_ends_at_the_phase_that_was_asked_for():
    caller: Any = Caller(row(1, "running"), row(2, "awaiting_decision"))

    last = await follow(caller, HARNESS, until=("awaiting_decision",), show=lambda _: None, within_s=5)

    assert last.phase == "awaiting_decision"


async def test_following_gives_up_when_its_time_is_over():
    caller: Any = Caller(row(1, "running"))

    with pytest.raises(Failure) as refused:
        await follow(caller, HARNESS, show=lambda _: None, within_s=0.1)

    assert refused.value.code == "TIMED_OUT"
    assert "running" in str(refused.value)


async def test_a_harness_that_is_not_there_is_not_found():
    caller: Any = Caller()

    with pytest.raises(Failure) as refused:
        await follow(caller, HARNESS, within_s=5)

    assert refused.value.code == "NOT_FOUND"


async def test_an_older_row_and_another_harness_change_nothing():
    seen: list[int] = []
    watched = Watched(HARNESS, lambda one: seen.append(one.last_position))

    for one in (row(5, "running"), row(3, "queued"), row(5, "running"), row(9, "failed", harness_id=uuid4())):
        watched.take(one)

    assert seen == [5]
    assert watched.phase == "running"
