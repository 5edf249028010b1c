"""`runtimes`: the places where work runs."""

from typing import TYPE_CHECKING, Annotated

import typer

from entrypoints.cli.calling import As, Key, call, keyed
from entrypoints.cli.output import Json, people, say_json, say_table
from entrypoints.cli.records import Row, Table, short

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller

app = typer.Typer(
    name="runtimes", no_args_is_help=True, help="Runtime assets: the sandboxes and browsers that work runs in."
)

RUNTIMES = Table("runtime_asset", "runtime asset", named="name")

_FIELDS = "id name kind capabilities limits state version digest created_at updated_at"


@app.command("list")
def list_(*, as_: As = None, json: Json = False) -> None:
    """List the organization's runtime assets with what they can do and what work may use.

    Example: fractalops runtimes list
    """
    rows = call(as_, lambda caller: RUNTIMES.rows(caller, _FIELDS))
    if json:
        say_json(rows)
        return
    columns = ("id", "name", "kind", "state", "version", "capabilities", "limits")
    cells = [
        (
            *(short(row["id"]), row["name"], row["kind"], row["state"], row["version"]),
            ", ".join(row["capabilities"]),
            ", ".join(f"{name} {said}" for name, said in row["limits"].items() if said is not None),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="The organization has no runtime assets.")


@app.command()
def revise(
    runtime: Annotated[str, typer.Argument(metavar="RUNTIME", help="Its name, its id, or a beginning of the id.")],
    *,
    capability: Annotated[
        list[str] | None, typer.Option("--capability", help="What it can do; repeat for several, all anew.")
    ] = None,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", help='What it is made from; "" for the service\'s default.')
    ] = None,
    run_timeout_s: Annotated[
        int | None, typer.Option("--run-timeout-s", min=1, help="How many seconds a command may run.")
    ] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Replace a runtime asset's capabilities or limits; what is not given stays.

    Approvals bound to the former ones become stale. For owners.

    Example: fractalops runtimes revise sandbox --run-timeout-s 7200
    """
    if capability is None and snapshot is None and run_timeout_s is None:
        raise typer.BadParameter("Say what to change; see `fractalops runtimes revise --help`.")
    changes = {"snapshot": snapshot, "run_timeout_s": run_timeout_s}

    async def told(caller: "Caller") -> Row:
        row = await RUNTIMES.one(caller, runtime, _FIELDS)
        limits = {**row["limits"], **{name: said for name, said in changes.items() if said is not None}}
        given = {
            "runtime_asset_id": row["id"],
            "capabilities": row["capabilities"] if capability is None else capability,
            "limits": {name: said for name, said in limits.items() if said not in (None, "")},
        }
        return await caller.act("revise_runtime_asset", "ReviseRuntimeAsset", keyed(given, key))

    recorded = call(as_, told)
    if json:
        say_json(recorded)
    else:
        people.print(f"Revised: runtime asset {recorded['id']} is {recorded['state']}.", markup=False)
