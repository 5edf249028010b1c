"""`work`: what someone wants done, and launching it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

import fractalops_client
from contracts.vocabulary import Continuity, InteractionPolicy
from entrypoints.cli.calling import As, Key, call, failure, given
from entrypoints.cli.endpoints import ENDPOINTS
from entrypoints.cli.following import FINAL, WAITING, follow
from entrypoints.cli.harness import say_outcome
from entrypoints.cli.output import Json, people, say_json, say_pairs, say_table
from entrypoints.cli.records import ROWS_MAX, Limit, Table, short, when
from entrypoints.cli.runtimes import RUNTIMES

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import HarnessProjectionRow, RecordedRow, WorkRow

app = typer.Typer(name="work", no_args_is_help=True, help="Describe work, launch it and see what became of it.")

WORK = Table(
    "work",
    by_id=lambda platform, work_id: platform.work_item(work_id),
    ids=lambda platform, limit: platform.work_titles(limit),
    named="title",
)

Which = Annotated[str, typer.Argument(metavar="WORK", help="Its title, its id, or a beginning of the id.")]
Seconds = Annotated[int | None, typer.Option(min=1, max=7200, help="How long it may take; the platform has defaults.")]


@app.command()
def create(  # noqa: PLR0913  - one for each option of the command
    *,
    title: Annotated[str, typer.Option("--title", help="What it is, in a line.")],
    run: Annotated[str, typer.Option("--run", help="The command that makes the change, run in the clone.")],
    verify: Annotated[str, typer.Option("--verify", help="The command that must pass before anything is pushed.")],
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="Where; may be left out if there is one.")] = None,
    runtime: Annotated[str | None, typer.Option("--runtime", help="In which sandbox; likewise.")] = None,
    branch: Annotated[str | None, typer.Option("--branch", help="What to clone; else the default branch.")] = None,
    target_branch: Annotated[
        str | None, typer.Option("--target-branch", help="What to push to; else the branch that is cloned.")
    ] = None,
    interaction_policy: Annotated[
        InteractionPolicy, typer.Option("--interaction-policy", help="Whether a browser has to look first.")
    ] = InteractionPolicy.ANY,
    run_timeout_s: Seconds = None,
    verify_timeout_s: Seconds = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Describe work on an endpoint, in a runtime asset. Nothing runs before `work launch`. For operators and owners.

    Example: fractalops work create --title "Sort imports" --run "ruff check --fix ." --verify "pytest -q"
    """
    specification = {
        "run": run,
        "verify": verify,
        "branch": branch,
        "target_branch": target_branch,
        "run_timeout_s": run_timeout_s,
        "verify_timeout_s": verify_timeout_s,
    }

    async def told(caller: "Caller") -> "RecordedRow":
        return await caller.platform.create_work(
            given(
                fractalops_client.CreateWorkInput,
                key,
                title=title,
                endpoint_id=await chosen(caller, ENDPOINTS, endpoint, "--endpoint"),
                runtime_asset_id=await chosen(caller, RUNTIMES, runtime, "--runtime"),
                interaction_policy=interaction_policy.value,
                specification={name: said for name, said in specification.items() if said is not None},
            )
        )

    recorded = call(as_, told)
    if json:
        say_json(recorded)
    else:
        people.print(f"Work {recorded.id} is {recorded.state}.", markup=False)
        people.print(f"Launch it with `fractalops work launch {short(recorded.id)} --follow`.", markup=False)


@app.command("list")
def list_(*, limit: Limit = 50, as_: As = None, json: Json = False) -> None:
    """List the organization's work, newest first, with the state of its latest harness.

    Example: fractalops work list --limit 10
    """
    rows = call(as_, lambda caller: caller.platform.work_items(limit))
    if json:
        say_json(rows)
        return
    columns = ("id", "title", "state", "endpoint", "latest harness", "created")
    cells = [
        (
            *(short(row.id), row.title, row.state, row.endpoint and row.endpoint.name),
            *(_latest(row), when(row.created_at)),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="There is no work yet; describe some with `fractalops work create`.")


@app.command()
def show(work: Which, *, as_: As = None, json: Json = False) -> None:
    """Show one work item, its commands and its harnesses.

    Example: fractalops work show "Sort imports"
    """
    row = call(as_, lambda caller: WORK.one(caller, work))
    if json:
        say_json(row)
        return
    say_pairs(
        {
            **{name: getattr(row, name) for name in ("id", "title", "state", "interaction_policy")},
            "endpoint": row.endpoint and row.endpoint.name,
            "runtime": row.runtime_asset and row.runtime_asset.name,
            "described by": row.principal and row.principal.name,
            **{name: said for name, said in row.specification.items() if said is not None},
        }
    )
    people.print()
    cells = [(short(one.id), one.state, one.continuity, when(one.created_at)) for one in row.harnesses]
    say_table(("harness", "state", "continuity", "created"), cells, empty="It was never launched.")


@app.command()
def launch(
    work: Which,
    *,
    continuity: Annotated[
        Continuity, typer.Option("--continuity", help="Begin anew, or take up what an earlier harness left.")
    ] = Continuity.FRESH,
    follow_: Annotated[
        bool,
        typer.Option("--follow", "-f", help="Show every phase until it waits for somebody or has ended."),
    ] = False,
    within_s: Annotated[float | None, typer.Option("--within-s", min=1, help="Follow no longer than this.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Start a harness for a work item. For operators and owners.

    With --follow: exit code 1 if the harness fails; phases are shown on standard error.

    Example: fractalops work launch "Sort imports" --follow
    """

    async def told(caller: "Caller") -> "RecordedRow | HarnessProjectionRow":
        work_id = await WORK.id_of(caller, work)
        recorded = await caller.platform.launch_work(
            given(fractalops_client.LaunchWorkInput, key, work_id=work_id, continuity=continuity.value)
        )
        if not follow_:
            return recorded
        return await follow(caller, recorded.id, until=(*FINAL, *WAITING), within_s=within_s)

    row = call(as_, told)
    if isinstance(row, fractalops_client.HarnessProjectionRow):
        say_outcome(row, json=json)
    elif json:
        say_json(row)
    else:
        people.print(f"Harness {row.id} is {row.state}.", markup=False)
        people.print(f"Follow it with `fractalops harness follow {short(row.id)}`.", markup=False)


async def chosen(caller: "Caller", table: "Table[Any]", wanted: str | None, option: str) -> UUID:
    """The id of the one that is wanted, or of the only one in use.

    Raises:
        Failure: NOT_FOUND or AMBIGUOUS.
    """
    if wanted is not None:
        return await table.id_of(caller, wanted)
    declared: Sequence[Any] = await table.ids(caller.platform, ROWS_MAX)
    rows = [row for row in declared if row.state == "active"]
    if len(rows) == 1:
        return rows[0].id
    if not rows:
        raise failure("NOT_FOUND", f"The organization has no {table.what} in use.")
    names = ", ".join(row.name for row in rows)
    raise failure(
        "AMBIGUOUS", f"The organization's {table.what}s in use are: {names}.", remedy=f"Choose one with {option}."
    )


def _latest(row: "WorkRow") -> str:
    latest = row.harnesses[0] if row.harnesses else None
    return f"{short(latest.id)}  {latest.state}" if latest else "never launched"
