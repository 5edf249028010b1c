"""`secrets`: what is needed and where it lives; a value is only ever written: on this machine, or sent sealed."""

import asyncio
import base64
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

import fractalops_client
from contracts.secret_refs import VALUE_BYTES_MAX, Backend, SecretRef, SecretRefError
from entrypoints.cli.calling import As, Key, call, failure, given
from entrypoints.cli.output import Json, people, say_json, say_table
from entrypoints.cli.records import ROWS_MAX, Table, plain, short, when
from entrypoints.config import state_folder

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import RecordedRow, SecretContractRow

app = typer.Typer(
    name="secrets", no_args_is_help=True, help="Secret contracts: what is needed and where it lives, never a value."
)

SECRETS = Table(
    "secret contract",
    by_id=lambda platform, contract_id: platform.secret_contract(contract_id),
    ids=lambda platform, limit: platform.secret_contract_names(limit),
    named="name",
)

_READ_EVERY_S = 0.5
_ENDED = ("succeeded", "failed", "cancelled")


@app.command("list")
def list_(*, as_: As = None, json: Json = False) -> None:
    """List the organization's secret contracts and whether each can be resolved.

    Example: fractalops secrets list
    """
    rows = call(as_, lambda caller: caller.platform.secret_contracts(ROWS_MAX))
    if json:
        say_json(rows)
        return
    columns = ("id", "name", "kind", "delivery", "status", "probed", "purpose")
    cells = [
        (
            *(short(row.id), row.name, row.kind, row.delivery),
            *(row.status or "not probed", when(row.probed_at), row.purpose),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="The organization has no secret contracts.")


@app.command()
def declare(  # noqa: PLR0913  - one for each option of the command
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="secret://file/path#key, or env or vault.")],
    *,
    purpose: Annotated[str, typer.Option("--purpose", help="What it is needed for.")],
    kind: Annotated[str | None, typer.Option("--kind", help="token, password, key or certificate.")] = None,
    delivery: Annotated[str | None, typer.Option("--delivery", help="endpoint_auth, environment or file.")] = None,
    username: Annotated[str | None, typer.Option("--username", help="Whose password it is.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Declare a secret contract more, never its value; its check runs, see `fractalops onboarding status`. For owners.

    Example: fractalops secrets declare "registry token" secret://file/acme/registry#token --purpose "To read packages."
    """
    _parsed(reference)
    contract = {"name": name, "purpose": purpose, "kind": kind, "delivery": delivery, "username": username}
    recorded = call(
        as_,
        lambda caller: caller.platform.declare_secret_contract(
            given(fractalops_client.DeclareSecretContractInput, key, **contract, reference=reference)
        ),
    )
    if json:
        say_json(recorded)
    else:
        people.print(f"Declared: secret contract {recorded.id} is {recorded.state}.", markup=False)


@app.command()
def revise(  # noqa: PLR0913  - one for each option of the command
    secret: Annotated[str, typer.Argument(metavar="SECRET", help="Its name, its id, or a beginning of the id.")],
    *,
    reference: Annotated[str, typer.Option("--reference", help="secret://file/path#key, or env or vault.")],
    purpose: Annotated[str | None, typer.Option("--purpose", help="What it is needed for.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="token, password, key or certificate.")] = None,
    delivery: Annotated[str | None, typer.Option("--delivery", help="endpoint_auth, environment or file.")] = None,
    username: Annotated[str | None, typer.Option("--username", help="Whose password it is.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Say anew where a secret lives or what it is for; what is not given stays, and a value never comes this way.

    The reference has to be given, since nobody can read the former one. For owners.

    Example: fractalops secrets revise "repository token" --reference secret://vault/acme/git#token
    """
    _parsed(reference)

    async def told(caller: "Caller") -> "RecordedRow":
        row = await SECRETS.one(caller, secret)
        return await caller.platform.revise_secret_contract(
            given(
                fractalops_client.ReviseSecretContractInput,
                key,
                secret_contract_id=row.id,
                reference=reference,
                purpose=purpose or row.purpose,
                kind=kind or row.kind,
                delivery=delivery or row.delivery,
                username=username or row.username,
            )
        )

    recorded = call(as_, told)
    if json:
        say_json(recorded)
    else:
        people.print("Revised; `fractalops onboarding check` probes it.")


@app.command()
def put(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="secret://file/path#key")],
    *,
    json: Json = False,
) -> None:
    """Keep a value in the local stack's encrypted file store, in place of an older one.

    The value is asked for, or read from standard input; it is never an argument and never shown.

    Example: fractalops secrets put secret://file/demo/repository#token < token.txt
    """
    place = _parsed(reference)
    if place.backend is not Backend.FILE:
        raise failure(
            "INVALID_INPUT",
            f"Only secrets of the backend file can be put here, not of {place.backend}.",
            remedy="Put it with the tools of that backend.",
        )
    home = state_folder()
    if not (home / "credentials.json").exists():
        raise failure(
            "NOT_RUNNING", f"No local stack keeps its secrets in {home}.", remedy="Start one with `fractalops up`."
        )
    from runtime.secrets import FileStore, SecretValue  # noqa: PLC0415  - loads every backend's library
    from runtime.secrets.file_store import UnreadableError  # noqa: PLC0415  - the same

    value = SecretValue(_value())
    try:
        FileStore(home / "secrets", home / "keys" / "secrets.key").put(place.path, place.key, value)
    except UnreadableError as error:
        raise failure("SECRET_UNREACHABLE", str(error)) from error
    if json:
        say_json({"reference": str(place), "kept": True})
    else:
        people.print(f"Kept at {place}.", markup=False)


@app.command()
def send(
    secret: Annotated[str, typer.Argument(metavar="SECRET", help="Its name, its id, or a beginning of the id.")],
    *,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Come back at once, before it is put and checked.")
    ] = False,
    within_s: Annotated[float, typer.Option("--within-s", min=1, help="Wait no longer than this.")] = 120,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Send the value of a secret contract of the backend file, sealed here for the execution runtime. For owners.

    The value is asked for, or read from standard input; it is never an argument and never shown. Nobody but the
    execution runtime opens it. Its check runs once it is in its place; exit code 1 if either fails.

    Example: fractalops secrets send "repository token" < token.txt
    """
    # Read before anything is asked of the platform, so that a wrong value costs nothing.
    value = _value()

    async def told(caller: "Caller") -> dict[str, Any]:
        row = await SECRETS.one(caller, secret)
        sealed = await _sealed(caller, row, value)
        recorded = await caller.platform.send_secret_value(given(fractalops_client.SendSecretValueInput, key, **sealed))
        told = plain(recorded) if no_wait else await _put(caller, row, recorded, within_s)
        return {**told, "key_id": sealed["key_id"]}

    answered = call(as_, told)
    harness = answered.get("harness")
    if json:
        say_json(answered)
    else:
        people.print(harness["projection"]["headline"] if harness else "Sent.", markup=False)
    if harness and harness["projection"]["phase"] != "succeeded":
        raise typer.Exit(1)


async def _sealed(caller: "Caller", row: "SecretContractRow", value: str) -> dict[str, Any]:
    from contracts.secrets import SealedFor  # noqa: PLC0415  - help waits for no library that checks contracts
    from runtime.secrets import SealingKey, SecretValue  # noqa: PLC0415  - loads every backend's library

    keys = await caller.platform.sealing_keys(1)
    if not keys:
        raise failure(
            "SEAL_KEY_UNKNOWN",
            "The execution runtime has announced no sealing key.",
            remedy="See its log, then repeat.",
        )
    sealing = SealingKey(keys[0].key_id, keys[0].public_key)
    bound = SealedFor(org_id=row.org_id, secret_contract_id=row.id, version=row.version, digest=row.digest)
    return {
        "secret_contract_id": row.id,
        "version": row.version,
        "key_id": sealing.key_id,
        "sealed": base64.b64encode(sealing.seal(SecretValue(value), bound)).decode(),
    }


async def _put(caller: "Caller", row: "SecretContractRow", recorded: "RecordedRow", within_s: float) -> dict[str, Any]:
    try:
        async with asyncio.timeout(within_s):
            while True:
                found = await caller.platform.onboarding_progress(row.org_id, recorded.command_id)
                harness = found.harness[0] if found.harness else None
                if harness and harness.projection and harness.projection.phase in _ENDED:
                    return {**plain(recorded), "harness": plain(harness)}
                await asyncio.sleep(_READ_EVERY_S)
    except TimeoutError:
        raise failure("TIMED_OUT", f"The value was not put and checked within {within_s:g} s.") from None


def _parsed(reference: str) -> SecretRef:
    try:
        return SecretRef.parse(reference)
    except SecretRefError as error:
        raise typer.BadParameter(str(error)) from error


def _value() -> str:
    if sys.stdin.isatty():
        return typer.prompt("Value", hide_input=True, confirmation_prompt=True, err=True)
    data = sys.stdin.buffer.read(VALUE_BYTES_MAX + 1)
    if len(data) > VALUE_BYTES_MAX:
        raise failure("INVALID_INPUT", f"A value has at most {VALUE_BYTES_MAX} bytes.")
    try:
        value = data.decode()
    except UnicodeDecodeError:
        raise failure("INVALID_INPUT", "The value is not UTF-8 text.") from None
    # An editor or echo ends one line with a newline that is not the value's; a key of many lines needs its last one.
    if value.count("\n") == 1:
        value = value.removesuffix("\n")
    if not value:
        raise failure("INVALID_INPUT", "Standard input holds no value.")
    return value
