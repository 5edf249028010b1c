"""`projection`: the live read held against the events that it follows from, and its repair."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

import fractalops_client
from entrypoints.cli.calling import As, Key, call, given
from entrypoints.cli.following import follow
from entrypoints.cli.output import Json, people, say_json, say_table
from entrypoints.cli.records import plain, short

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller

Row = dict[str, Any]

app = typer.Typer(
    name="projection",
    no_args_is_help=True,
    help="The live read: whether every row follows from its events, and putting right those that do not.",
)

# A page holds 200 harnesses.
_PAGES_MAX = 1_000


@app.callback()
def group() -> None:
    """Keep `check` a command of its own, though it is the only one."""


@app.command()
def check(
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Queue a repair and follow it, then check again. For operators and owners.")
    ] = False,
    within_s: Annotated[float | None, typer.Option("--within-s", min=1, help="Follow no longer than this.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Fold every harness's events anew and tell which rows of the live read differ. Exit code 1 if any does.

    With --repair the exit code is that of the check after the repair. The repair is proved: see `proofs verify`.

    Example: fractalops projection check

    Example: fractalops projection check --repair
    """

    async def told(caller: "Caller") -> Row:
        found = await _checked(caller)
        if not repair:
            return {**found, "repair": None}
        recorded = await caller.platform.repair_projection(given(fractalops_client.RepairProjectionInput, key))
        row = await follow(caller, recorded.id, within_s=within_s)
        return {**await _checked(caller), "repaired": found["differences"], "repair": plain(row)}

    found = call(as_, told)
    if json:
        say_json(found)
    else:
        _say(found)
    failed = found["repair"] is not None and found["repair"]["phase"] != "succeeded"
    if found["differences"] or failed:
        raise typer.Exit(1)


async def _checked(caller: "Caller") -> Row:
    harnesses, differences, after = 0, list[Row](), None
    for _ in range(_PAGES_MAX):
        page = await caller.platform.check_projection(fractalops_client.CheckProjectionInput(after=after))
        harnesses += page.harnesses
        differences += [plain(one) for one in page.differences]
        after = page.next
        if after is None:
            break
    return {"harnesses": harnesses, "differences": differences}


def _say(found: Row) -> None:
    row = found["repair"]
    if row is not None:
        _say_differences(found["repaired"])
        people.print(f"Harness {row['harness_id']}: {row['phase']}. {row['headline']}", markup=False, soft_wrap=True)
        if row["proof_id"]:
            people.print(f"Verify with `fractalops proofs verify {short(row['proof_id'])}`.", markup=False)
    _say_differences(found["differences"])
    wrong = len(found["differences"])
    verdict = (
        f"Rows that differ: {wrong} of {found['harnesses']}." if wrong else f"Every row agrees ({found['harnesses']})."
    )
    people.print(Text(verdict, style="bold red" if wrong else "bold green"))
    if wrong and row is None:
        people.print("Put them right with `fractalops projection check --repair`.")


def _say_differences(differences: list[Row]) -> None:
    cells = [(one["harness_id"], one["kind"], " ".join(one["fields"])) for one in differences]
    if cells:
        say_table(("harness", "row is", "fields"), cells, empty="")
