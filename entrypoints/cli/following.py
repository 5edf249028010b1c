"""Following one harness: what Realtime pushes, and readings in between, so that nothing is missed when a push is."""

import asyncio
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, cast

from rich.text import Text

from entrypoints.cli.calling import failure
from entrypoints.cli.output import aside
from entrypoints.cli.records import Row

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller

FINAL = ("succeeded", "failed", "cancelled")
PROJECTION = """harness_id purpose title phase headline step steps_done steps_total continuity interaction
    work_id proposal_id proposal_state recovery_case_id needs proof_id last_position started_at updated_at
    finished_at"""

# A pushed row needs no reading; the readings then only make good for a connection that broke.
_READ_EVERY_S = 2.0
_READ_EVERY_WHEN_PUSHED_S = 10.0

_READ = f"query ($id: uuid!) {{ harness_projection(where: {{harness_id: {{_eq: $id}}}}) {{ {PROJECTION} }} }}"


class Watched:
    """The newest row of one harness; an older one never replaces it."""

    def __init__(self, harness_id: str, show: Callable[[Row], None]) -> None:
        self.row: Row = {}
        self.changed = asyncio.Event()
        self.read_every_s = _READ_EVERY_S
        self._harness_id = harness_id
        self._show = show

    def take(self, row: Row) -> None:
        """Keep and show the row, if it is this harness's and newer than the one before."""
        newer = row["last_position"] > self.row.get("last_position", 0)
        if row["harness_id"] == self._harness_id and newer:
            self.row = row
            self._show(row)
            self.changed.set()


async def follow(
    caller: "Caller",
    harness_id: str,
    *,
    until: Collection[str] = FINAL,
    show: Callable[[Row], None] | None = None,
    within_s: float | None = None,
) -> Row:
    """The harness's row once it is in one of the phases; every newer row is shown meanwhile.

    Raises:
        Failure: NOT_FOUND; TIMED_OUT, if that takes longer than `within_s` (None: no limit).
    """
    watched = Watched(harness_id, show or say_phase)
    listening = asyncio.create_task(_listen(caller, harness_id, watched))
    try:
        async with asyncio.timeout(within_s):
            await _watch(caller, harness_id, watched, until)
    except TimeoutError:
        phase = watched.row.get("phase", "unknown")
        raise failure("TIMED_OUT", f"After {within_s:g} s the harness is still {phase}.") from None
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    return watched.row


async def read(caller: "Caller", harness_id: str) -> Row:
    """The harness's live row as it is now.

    Raises:
        Failure: NOT_FOUND.
    """
    rows = cast("list[Row]", (await caller.ask(_READ, id=harness_id))["harness_projection"])
    if not rows:
        raise failure("NOT_FOUND", f"There is no harness {harness_id!r} in this organization.")
    return rows[0]


def say_phase(row: Row) -> None:
    """Tell people of a row, on standard error: what a command answers stands alone on standard output."""
    steps = f"{row['steps_done']}/{row['steps_total']}"
    style = {"succeeded": "green", "failed": "red", "awaiting_decision": "yellow"}.get(row["phase"], "cyan")
    line = Text.assemble((row["phase"].ljust(18), style), f" {steps.rjust(5)}  {row['headline']}")
    aside.print(line, soft_wrap=True)


async def _watch(caller: "Caller", harness_id: str, watched: Watched, until: Collection[str]) -> None:
    while True:
        watched.take(await read(caller, harness_id))
        try:
            async with asyncio.timeout(watched.read_every_s):
                while watched.row["phase"] not in until:
                    watched.changed.clear()
                    await watched.changed.wait()
        except TimeoutError:
            continue
        return


async def _listen(caller: "Caller", harness_id: str, watched: Watched) -> None:
    from entrypoints.demo.live import Live  # noqa: PLC0415  - its libraries take a second to load

    client = await caller.supabase()
    try:
        async with Live(client, await caller.token(), watched.take):
            # What changed between the last reading and now was not pushed.
            watched.take(await read(caller, harness_id))
            watched.read_every_s = _READ_EVERY_WHEN_PUSHED_S
            await asyncio.Event().wait()
    except Exception:  # noqa: BLE001  - whatever keeps pushes away, reading does as well
        watched.read_every_s = _READ_EVERY_S
    finally:
        await client.realtime.close()
