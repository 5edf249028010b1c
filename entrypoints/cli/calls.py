"""`calls`: work that is one call of an endpoint."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import fractalops_client
from entrypoints.cli.calling import As, Key, call, failure, given
from entrypoints.cli.endpoints import ENDPOINTS
from entrypoints.cli.output import Json, people, say_json
from entrypoints.cli.records import short
from entrypoints.cli.runtimes import RUNTIMES
from entrypoints.cli.work import chosen

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import RecordedRow

app = typer.Typer(
    name="calls", no_args_is_help=True, help="Describe work that is one call of an endpoint; `work launch` proposes it."
)


@app.command()
def create(  # noqa: PLR0913  - one for each option of the command
    *,
    title: Annotated[str, typer.Option("--title", help="What it is, in a line.")],
    why: Annotated[str, typer.Option("--why", help="Why it should be sent; who decides reads it.")],
    path: Annotated[str, typer.Option("--path", help="Below the URL of the endpoint's contract, such as /v1/things.")],
    method: Annotated[str, typer.Option("--method", help="GET, HEAD, POST, PUT, PATCH or DELETE.")] = "GET",
    query: Annotated[list[str] | None, typer.Option("--query", metavar="NAME=VALUE", help="May be repeated.")] = None,
    header: Annotated[
        list[str] | None,
        typer.Option("--header", metavar="NAME: VALUE", help="Never a credential: the endpoint's contract has it."),
    ] = None,
    body: Annotated[str | None, typer.Option("--body", help="The text to send, or @FILE with it.")] = None,
    media_type: Annotated[str | None, typer.Option("--media-type", help="Of the body; else application/json.")] = None,
    expect: Annotated[
        list[int] | None, typer.Option("--expect-status", min=200, max=599, help="A status that is right; else 200.")
    ] = None,
    idempotency_header: Annotated[
        str | None,
        typer.Option("--idempotency-header", help="By which the endpoint knows a request that it had before."),
    ] = None,
    timeout_ms: Annotated[int | None, typer.Option("--timeout-ms", min=100, max=120_000)] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="Which; may be left out if there is one.")] = None,
    runtime: Annotated[str | None, typer.Option("--runtime", help="The asset whose limits count; likewise.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Describe a call. Nothing is sent before it is launched, proposed and approved. For operators and owners.

    Example: fractalops calls create --title "Scale up" --why "Load." --method PATCH --path /v1/shop --body '{"n": 3}'
    """
    asked = {
        "method": method.upper(),
        "path": path,
        "query": [_pair(one, "=", "--query") for one in query or ()],
        "headers": [_pair(one, ":", "--header") for one in header or ()],
        "body": None if body is None else {"text": _text(body), **({"media_type": media_type} if media_type else {})},
        "expect_status": expect or None,
        "idempotency_header": idempotency_header,
        "timeout_ms": timeout_ms,
        "why": why,
    }

    async def told(caller: "Caller") -> "RecordedRow":
        return await caller.platform.create_call(
            given(
                fractalops_client.CreateCallInput,
                key,
                title=title,
                endpoint_id=await chosen(caller, ENDPOINTS, endpoint, "--endpoint"),
                runtime_asset_id=await chosen(caller, RUNTIMES, runtime, "--runtime"),
                call={name: said for name, said in asked.items() if said is not None},
            )
        )

    _say(call(as_, told), json=json)


def _say(recorded: "RecordedRow", *, json: bool) -> None:
    if json:
        say_json(recorded)
        return
    people.print(f"Work {recorded.id} is {recorded.state}.", markup=False)
    people.print(f"Propose it with `fractalops work launch {short(recorded.id)} --follow`.", markup=False)


def _pair(given_: str, sign: str, option: str) -> dict[str, Any]:
    name, found, value = given_.partition(sign)
    if not found:
        raise typer.BadParameter(f"{option} is written NAME{sign}VALUE.")
    return {"name": name.strip(), "value": value.strip() if sign == ":" else value}


def _text(body: str) -> str:
    if not body.startswith("@"):
        return body
    try:
        return Path(body[1:]).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise failure("UNREADABLE", f"{body[1:]} cannot be read as text: {error}") from error
