"""Following one harness: what Realtime pushes, and readings in between, so that nothing is missed when a push is."""

import asyncio
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rich.text import Text

import fractalops_client
from entrypoints.cli.calling import failure
from entrypoints.cli.output import aside

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import HarnessProjectionRow

    Show = Callable[[HarnessProjectionRow], None]

FINAL = ("succeeded", "failed", "cancelled")
# Somebody has to do something before it goes on.
WAITING = ("awaiting_decision", "awaiting_recovery")
_STYLES = {"succeeded": "green", "failed": "red", **dict.fromkeys(WAITING, "yellow")}
# A pushed row needs no reading; the readings then only make good for a connection that broke.
_READ_EVERY_S = 2.0
_READ_EVERY_WHEN_PUSHED_S = 10.0


class Watched:
    """The newest row of one harness; an older one never replaces it."""

    def __init__(self, harness_id: UUID, show: "Show") -> None:
        self.row: HarnessProjectionRow | None = None
        self.changed = asyncio.Event()
        self.read_every_s = _READ_EVERY_S
        self._harness_id = harness_id
        self._show = show

    @property
    def phase(self) -> str:
        """The newest row's phase; "unknown" before the first one."""
        return self.row.phase if self.row else "unknown"

    def take_pushed(self, row: dict[str, Any]) -> None:
        """Take a row as Realtime pushes it; another harness's may have been pushed as well."""
        if row["harness_id"] == str(self._harness_id):
            self.take(fractalops_client.HarnessProjectionRow.model_validate(row))

    def take(self, row: "HarnessProjectionRow") -> None:
        """Keep and show the row, if it is this harness's and newer than the one before."""
        newer = self.row is None or row.last_position > self.row.last_position
        if row.harness_id == self._harness_id and newer:
            self.row = row
            self._show(row)
            self.changed.set()


async def follow(
    caller: "Caller",
    harness_id: UUID,
    *,
    until: Collection[str] = FINAL,
    show: "Show | None" = None,
    within_s: float | None = None,
) -> "HarnessProjectionRow":
    """The harness's row once it is in one of the phases; every newer row is shown meanwhile.

    Raises:
        Failure: NOT_FOUND; TIMED_OUT, if that takes longer than `within_s` (None: no limit).
    """
    watched = Watched(harness_id, show or say_phase)
    listening = asyncio.create_task(_listen(caller, harness_id, watched))
    try:
        async with asyncio.timeout(within_s):
            return await _watch(caller, harness_id, watched, until)
    except TimeoutError:
        raise failure("TIMED_OUT", f"After {within_s:g} s the harness is still {watched.phase}.") from None
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def read(caller: "Caller", harness_id: UUID) -> "HarnessProjectionRow":
    """The harness's live row as it is now.

    Raises:
        Failure: NOT_FOUND.
    """
    rows = await caller.platform.harness_projection(harness_id)
    if not rows:
        raise failure("NOT_FOUND", f"There is no harness '{harness_id}' in this organization.")
    return rows[0]


def say_phase(row: "HarnessProjectionRow") -> None:
    """Tell people of a row, on standard error: what a command answers stands alone on standard output."""
    steps = f"{row.steps_done}/{row.steps_total}"
    line = Text.assemble((row.phase.ljust(18), _STYLES.get(row.phase, "cyan")), f" {steps.rjust(5)}  {row.headline}")
    aside.print(line, soft_wrap=True)


async def _watch(
    caller: "Caller", harness_id: UUID, watched: Watched, until: Collection[str]
) -> "HarnessProjectionRow":
    while True:
        watched.take(await read(caller, harness_id))
        try:
            async with asyncio.timeout(watched.read_every_s):
                while watched.row is None or watched.row.phase not in until:
                    watched.changed.clear()
                    await watched.changed.wait()
        except TimeoutError:
            continue
        return watched.row


async def _listen(caller: "Caller", harness_id: UUID, watched: Watched) -> None:
    from entrypoints.demo.live import Live  # noqa: PLC0415  - its libraries take a second to load

    client = await caller.supabase()
    try:
        async with Live(client, await caller.token(), watched.take_pushed):
            # What changed between the last reading and now was not pushed.
            watched.take(await read(caller, harness_id))
            watched.read_every_s = _READ_EVERY_WHEN_PUSHED_S
            await asyncio.Event().wait()
    except Exception:  # noqa: BLE001  - whatever keeps pushes away, reading does as well
        watched.read_every_s = _READ_EVERY_S
    finally:
        await client.realtime.close()
