"""`endpoints`: the systems that work is done on."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

import fractalops_client
from entrypoints.cli.calling import As, Key, call, given
from entrypoints.cli.output import Json, people, say_json, say_pairs, say_table
from entrypoints.cli.records import ROWS_MAX, Table, short, when

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import EndpointRow, RecordedRow

app = typer.Typer(
    name="endpoints", no_args_is_help=True, help="The systems that work is done on: contracts and readiness."
)

ENDPOINTS = Table(
    "endpoint",
    by_id=lambda platform, endpoint_id: platform.endpoint(endpoint_id),
    ids=lambda platform, limit: platform.endpoint_names(limit),
    named="name",
)

Which = Annotated[str, typer.Argument(metavar="ENDPOINT", help="Its name, its id, or a beginning of the id.")]


@app.command("list")
def list_(*, as_: As = None, json: Json = False) -> None:
    """List the organization's endpoints and whether they answered as they should.

    Example: fractalops endpoints list
    """
    rows = call(as_, lambda caller: caller.platform.endpoints(ROWS_MAX))
    if json:
        say_json(rows)
        return
    columns = ("id", "name", "kind", "state", "ready", "version", "URL")
    cells = [(short(row.id), row.name, row.kind, row.state, _ready(row), row.version, row.public_url) for row in rows]
    say_table(columns, cells, empty="The organization has no endpoints.")


@app.command()
def show(endpoint: Which, *, as_: As = None, json: Json = False) -> None:
    """Show one endpoint's contract and what was last observed of it.

    Example: fractalops endpoints show repository
    """
    row = call(as_, lambda caller: ENDPOINTS.one(caller, endpoint))
    if json:
        say_json(row)
        return
    observed = row.readiness_observed
    say_pairs(
        {
            **{name: getattr(row, name) for name in ("id", "name", "kind", "state", "version", "digest", "public_url")},
            "executor_url": row.executor_url or "the public one",
            "auth": row.auth_kind + (f", parameter {row.auth_parameter}" if row.auth_parameter else ""),
            "secret_contract": row.secret_contract.name if row.secret_contract else "none",
            "readiness": ", ".join(f"{name} {said}" for name, said in row.readiness.items() if said is not None),
            "ready": _ready(row),
            "observed": f"{when(observed.observed_at)}  {observed.detail}" if observed else "never",
        }
    )


@app.command()
def kinds(*, as_: As = None, json: Json = False) -> None:
    """List the catalogue: what an endpoint can be, and what shows that one of that kind is ready.

    Example: fractalops endpoints kinds
    """
    rows = call(as_, lambda caller: caller.platform.endpoint_kinds())
    if json:
        say_json(rows)
        return
    cells = [(row.kind, row.title, row.protocol, f"{row.readiness['method']} {row.readiness['path']}") for row in rows]
    say_table(("kind", "title", "protocol", "readiness"), cells, empty="The catalogue is empty.")


@app.command()
def declare(  # noqa: PLR0913  - one for each option of the command
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind of the catalogue, see `endpoints kinds`.")],
    public_url: Annotated[str, typer.Argument(metavar="URL", help="Where it is for people.")],
    *,
    executor_url: Annotated[str | None, typer.Option("--executor-url", help="Where it is for the runtime.")] = None,
    auth: Annotated[str | None, typer.Option("--auth", help="none, bearer, basic, header, query, …")] = None,
    secret_contract: Annotated[
        str | None, typer.Option("--secret-contract", help="The name of the secret contract that auth needs.")
    ] = None,
    parameter: Annotated[str | None, typer.Option("--parameter", help="The header's or query's name.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Declare an endpoint more; its check runs, see `fractalops onboarding status`. For owners.

    Example: fractalops endpoints declare site web_app https://shop.acme.example
    """
    contract = {"name": name, "kind": kind, "public_url": public_url, "executor_url": executor_url}
    said = _auth(auth, secret_contract, parameter) or None
    recorded = call(
        as_,
        lambda caller: caller.platform.declare_endpoint(
            given(fractalops_client.DeclareEndpointInput, key, **contract, auth=said)
        ),
    )
    _say(recorded, "Declared", json=json)


@app.command()
def revise(  # noqa: PLR0913  - one for each option of the command
    endpoint: Which,
    *,
    public_url: Annotated[str | None, typer.Option("--public-url", help="Where it is for people.")] = None,
    executor_url: Annotated[
        str | None, typer.Option("--executor-url", help='Where it is for the runtime; "" for the public one.')
    ] = None,
    auth: Annotated[str | None, typer.Option("--auth", help="none, bearer, basic, header, query, …")] = None,
    secret_contract: Annotated[
        str | None, typer.Option("--secret-contract", help="The name of the secret contract that auth needs.")
    ] = None,
    parameter: Annotated[str | None, typer.Option("--parameter", help="The header's or query's name.")] = None,
    path: Annotated[str | None, typer.Option("--readiness-path", help="What is asked to see it is ready.")] = None,
    status: Annotated[int | None, typer.Option("--expect-status", help="What a ready one answers.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Replace an endpoint's contract; what is not given stays. Approvals bound to the former contract become stale.

    For owners.

    Example: fractalops endpoints revise repository --public-url https://git.acme.example/shop.git
    """
    changes = {
        "public_url": public_url,
        "executor_url": executor_url,
        "auth": _auth(auth, secret_contract, parameter),
        "readiness": {name: said for name, said in (("path", path), ("expect_status", status)) if said is not None},
    }
    if all(said in (None, {}) for said in changes.values()):
        raise typer.BadParameter("Say what to change; see `fractalops endpoints revise --help`.")

    async def told(caller: "Caller") -> "RecordedRow":
        row = await ENDPOINTS.one(caller, endpoint)
        contract = revised(row, changes)
        return await caller.platform.revise_endpoint(
            given(fractalops_client.ReviseEndpointInput, key, endpoint_id=row.id, **contract)
        )

    _say(call(as_, told), "Revised", json=json)


@app.command()
def retire(endpoint: Which, *, key: Key = None, as_: As = None, json: Json = False) -> None:
    """Take an endpoint out of use; nothing can be launched or applied through it any more. For owners.

    Example: fractalops endpoints retire staging
    """

    async def told(caller: "Caller") -> "RecordedRow":
        endpoint_id = await ENDPOINTS.id_of(caller, endpoint)
        return await caller.platform.retire_endpoint(
            given(fractalops_client.RetireEndpointInput, key, endpoint_id=endpoint_id)
        )

    _say(call(as_, told), "Retired", json=json)


def revised(row: "EndpointRow", changes: dict[str, Any]) -> dict[str, Any]:
    """The whole contract as it will be: the endpoint's own with the changes in it; null and empty change nothing."""
    auth = {
        "kind": row.auth_kind,
        "parameter": row.auth_parameter,
        "secret_contract": row.secret_contract.name if row.secret_contract else None,
    }
    changed = changes["auth"]
    # Another kind of auth needs other things: what belonged to the former kind does not stay.
    auth = changed if "kind" in changed else {**auth, **changed}
    executor_url = row.executor_url if changes["executor_url"] is None else changes["executor_url"]
    return {
        "public_url": changes["public_url"] or row.public_url,
        "executor_url": executor_url or None,
        "auth": {name: said for name, said in auth.items() if said is not None},
        "readiness": {**row.readiness, **changes["readiness"]},
    }


def _auth(kind: str | None, secret_contract: str | None, parameter: str | None) -> dict[str, str]:
    said = {"kind": kind, "secret_contract": secret_contract, "parameter": parameter}
    return {name: value for name, value in said.items() if value is not None}


def _ready(row: "EndpointRow") -> str:
    observed = row.readiness_observed
    return "unknown" if observed is None else "yes" if observed.ready else f"no: {observed.detail}"


def _say(recorded: "RecordedRow", done: str, *, json: bool) -> None:
    if json:
        say_json(recorded)
    else:
        people.print(f"{done}: endpoint {recorded.id} is {recorded.state}.", markup=False)
