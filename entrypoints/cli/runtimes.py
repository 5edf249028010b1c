"""`runtimes`: the places where work runs."""

from typing import TYPE_CHECKING, Annotated

import typer

import fractalops_client
from entrypoints.cli.calling import As, Key, call, given
from entrypoints.cli.output import Json, people, say_json, say_table
from entrypoints.cli.records import ROWS_MAX, Table, short

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import RecordedRow

app = typer.Typer(
    name="runtimes", no_args_is_help=True, help="Runtime assets: the sandboxes and browsers that work runs in."
)

RUNTIMES = Table(
    "runtime asset",
    by_id=lambda platform, asset_id: platform.runtime_asset(asset_id),
    ids=lambda platform, limit: platform.runtime_asset_names(limit),
    named="name",
)


@app.command("list")
def list_(*, as_: As = None, json: Json = False) -> None:
    """List the organization's runtime assets with what they can do and what work may use.

    Example: fractalops runtimes list
    """
    rows = call(as_, lambda caller: caller.platform.runtime_assets(ROWS_MAX))
    if json:
        say_json(rows)
        return
    columns = ("id", "name", "kind", "state", "version", "capabilities", "limits")
    cells = [
        (
            *(short(row.id), row.name, row.kind, row.state, row.version),
            ", ".join(row.capabilities),
            ", ".join(f"{name} {said}" for name, said in row.limits.items() if said is not None),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="The organization has no runtime assets.")


Which = Annotated[str, typer.Argument(metavar="RUNTIME", help="Its name, its id, or a beginning of the id.")]


@app.command()
def declare(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="sandbox or browser.")] = None,
    capability: Annotated[
        list[str] | None, typer.Option("--capability", help="What it can do; repeat for several.")
    ] = None,
    snapshot: Annotated[str | None, typer.Option("--snapshot", help="What it is made from.")] = None,
    run_timeout_s: Annotated[
        int | None, typer.Option("--run-timeout-s", min=1, help="How many seconds a command may run.")
    ] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Declare a runtime asset more; its check runs, see `fractalops onboarding status`. For owners.

    Example: fractalops runtimes declare large --snapshot python-3.11 --run-timeout-s 7200
    """
    limits = {"snapshot": snapshot, "run_timeout_s": run_timeout_s}
    said = {limit: value for limit, value in limits.items() if value is not None} or None
    recorded = call(
        as_,
        lambda caller: caller.platform.declare_runtime_asset(
            given(
                fractalops_client.DeclareRuntimeAssetInput,
                key,
                name=name,
                kind=kind,
                capabilities=capability,
                limits=said,
            )
        ),
    )
    _say(recorded, "Declared", json=json)


@app.command()
def retire(runtime: Which, *, key: Key = None, as_: As = None, json: Json = False) -> None:
    """Take a runtime asset out of use; nothing can be launched in it any more. For owners.

    Example: fractalops runtimes retire sandbox
    """

    async def told(caller: "Caller") -> "RecordedRow":
        asset_id = await RUNTIMES.id_of(caller, runtime)
        return await caller.platform.retire_runtime_asset(
            given(fractalops_client.RetireRuntimeAssetInput, key, runtime_asset_id=asset_id)
        )

    _say(call(as_, told), "Retired", json=json)


@app.command()
def revise(
    runtime: Which,
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

    async def told(caller: "Caller") -> "RecordedRow":
        row = await RUNTIMES.one(caller, runtime)
        limits = {**row.limits, **{name: said for name, said in changes.items() if said is not None}}
        return await caller.platform.revise_runtime_asset(
            given(
                fractalops_client.ReviseRuntimeAssetInput,
                key,
                runtime_asset_id=row.id,
                capabilities=row.capabilities if capability is None else capability,
                limits={name: said for name, said in limits.items() if said not in (None, "")},
            )
        )

    _say(call(as_, told), "Revised", json=json)


def _say(recorded: "RecordedRow", done: str, *, json: bool) -> None:
    if json:
        say_json(recorded)
    else:
        people.print(f"{done}: runtime asset {recorded.id} is {recorded.state}.", markup=False)
