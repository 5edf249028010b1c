"""`harness`: governed runs, live and afterwards."""

import base64
import sys
from json import dumps
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any

import typer

import fractalops_client
from entrypoints.cli.calling import As, Key, call, failure, given
from entrypoints.cli.following import FINAL, follow
from entrypoints.cli.output import Json, aside, people, say_json, say_pairs, say_table
from entrypoints.cli.records import ROWS_MAX, Limit, Table, short, when

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import (
        ArtifactBodyArtifact,
        ArtifactRow,
        EventRow,
        HarnessArtifactArtifact,
        HarnessDetail,
        HarnessProjectionRow,
        HarnessRow,
        LaunchDiagnosticsLaunchDiagnostic,
        RecordedRow,
    )

app = typer.Typer(
    name="harness", no_args_is_help=True, help="Governed runs: where they stand, what happened in them, what they kept."
)

HARNESSES = Table(
    "harness",
    by_id=lambda platform, harness_id: platform.harness(harness_id),
    ids=lambda platform, limit: platform.harness_ids(limit),
)

_HEADLINE_WIDTH = 48

Which = Annotated[str, typer.Argument(metavar="HARNESS", help="Its id, or a beginning of it.")]


@app.command("list")
def list_(*, limit: Limit = 20, as_: As = None, json: Json = False) -> None:
    """List harnesses, newest first, with their phase and what they do now.

    Example: fractalops harness list
    """
    rows = call(as_, lambda caller: caller.platform.harnesses(limit))
    if json:
        say_json(rows)
        return
    cells = [(short(row.id), row.purpose, row.title, *_live(row)) for row in rows]
    columns = ("id", "purpose", "title", "phase", "steps", "headline")
    say_table(columns, cells, empty="There are no harnesses yet; launch work with `fractalops work launch`.")


@app.command()
def show(harness: Which, *, as_: As = None, json: Json = False) -> None:
    """Show one harness: where it stands, its proposal, executions, proof and artifacts.

    Example: fractalops harness show 3f2a91c0
    """
    row = call(as_, lambda caller: HARNESSES.one(caller, harness))
    if json:
        say_json(row)
        return
    live = row.projection
    told = {
        **{name: getattr(row, name) for name in ("id", "purpose", "title", "continuity")},
        "phase": live.phase if live else row.state,
        "headline": live and live.headline,
        "steps": f"{live.steps_done}/{live.steps_total}" if live else "0/0",
        "needs": live and live.needs,
        "work": row.work and row.work.id,
        "launched by": row.principal and row.principal.name,
        "proposal": live and live.proposal_id and f"{live.proposal_id}  {live.proposal_state}",
        "proof": live and live.proof_id,
        "finished": when(row.finished_at),
    }
    say_pairs({name: said for name, said in told.items() if said})
    _say_continuity(row)
    for one in row.executions:
        result = one.commit_id or f"{one.reason_code}: {one.reason}"
        people.print(f"execution {one.id}  {one.state}  {result}", markup=False, soft_wrap=True)
    for one in row.artifacts:
        people.print(f"artifact  {one.name}  {one.size_bytes} bytes  {one.digest}", markup=False, soft_wrap=True)


@app.command()
def cancel(
    harness: Which,
    *,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; everyone who looks at it reads it.")] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Stop a harness of work before it has an effect; its proposal under review is withdrawn. For operators and owners.

    What runs in its sandbox is stopped within a few seconds. What it left can be taken up with
    `work launch --continuity resume`.

    Example: fractalops harness cancel 3f2a91c0 --reason "The wrong branch."
    """

    async def told(caller: "Caller") -> "RecordedRow":
        harness_id = await HARNESSES.id_of(caller, harness)
        return await caller.platform.cancel_harness(
            given(fractalops_client.CancelHarnessInput, key, harness_id=harness_id, reason=reason)
        )

    recorded = call(as_, told)
    if json:
        say_json(recorded)
    else:
        people.print(f"Harness {recorded.id} is {recorded.state}.", markup=False)


@app.command()
def launches(harness: Which, *, as_: As = None, json: Json = False) -> None:
    """List how the runtimes of a harness came about, and how long each took. For operators and owners.

    Example: fractalops harness launches 3f2a91c0
    """

    async def told(caller: "Caller") -> "list[LaunchDiagnosticsLaunchDiagnostic]":
        return await caller.platform.launch_diagnostics(await HARNESSES.id_of(caller, harness), ROWS_MAX)

    rows = call(as_, told)
    if json:
        say_json(rows)
        return
    cells = [(row.runtime_name, row.runtime_kind, row.origin, row.duration_ms, when(row.created_at)) for row in rows]
    say_table(("name", "kind", "origin", "ms", "at"), cells, empty="No runtime was launched for it yet.")


@app.command("follow")
def follow_(
    harness: Which,
    *,
    within_s: Annotated[float | None, typer.Option("--within-s", min=1, help="Follow no longer than this.")] = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Show every phase of a harness as it comes, on standard error, until the harness has ended or Ctrl-C.

    Exit code 1 if it did not succeed.

    Example: fractalops harness follow 3f2a91c0
    """

    async def told(caller: "Caller") -> "HarnessProjectionRow":
        return await follow(caller, await HARNESSES.id_of(caller, harness), within_s=within_s)

    say_outcome(call(as_, told), json=json)


@app.command()
def events(harness: Which, *, limit: Limit = 1000, as_: As = None, json: Json = False) -> None:
    """List what happened in a harness, oldest first.

    Example: fractalops harness events 3f2a91c0 --json
    """

    async def told(caller: "Caller") -> "list[EventRow]":
        return await caller.platform.harness_events(await HARNESSES.id_of(caller, harness), limit)

    rows = call(as_, told)
    if json:
        say_json(rows)
        return
    for row in rows:
        line = f"{row.position:>6}  {when(row.occurred_at)}  {row.type_:<24} {dumps(row.data)}"
        people.print(line, markup=False, soft_wrap=True)
    if not rows:
        people.print("Nothing happened in it yet.")


@app.command()
def artifacts(harness: Which, *, as_: As = None, json: Json = False) -> None:
    """List what a harness kept: the patch, outputs and the like.

    Example: fractalops harness artifacts 3f2a91c0
    """

    async def told(caller: "Caller") -> "list[ArtifactRow]":
        newest_first = await caller.platform.harness_artifacts(await HARNESSES.id_of(caller, harness), ROWS_MAX)
        return newest_first[::-1]

    rows = call(as_, told)
    if json:
        say_json(rows)
        return
    cells = [(row.name, row.media_type, row.size_bytes, row.digest) for row in rows]
    say_table(("name", "media type", "bytes", "digest"), cells, empty="It kept nothing.")


@app.command()
def artifact(
    harness: Which,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `harness artifacts` lists it.")],
    *,
    as_: As = None,
    json: Json = False,
) -> None:
    """Print the bytes of an artifact on standard output, exactly as they were kept.

    Example: fractalops harness artifact 3f2a91c0 patch > change.patch
    """

    async def told(caller: "Caller") -> "list[HarnessArtifactArtifact]":
        return await caller.platform.harness_artifact(await HARNESSES.id_of(caller, harness), name)

    rows = call(as_, told)
    if not rows:
        raise failure("NOT_FOUND", f"The harness kept no artifact {name!r}.")
    found = rows[0]
    if found.truncated:
        aside.print(f"Only the beginning of its {found.size_bytes} bytes was kept.", style="yellow")
    if json:
        say_json(found)
    else:
        sys.stdout.buffer.write(body_of(found))
        sys.stdout.buffer.flush()


def body_of(artifact: "ArtifactBodyArtifact | HarnessArtifactArtifact") -> bytes:
    """The bytes that an artifact's row keeps."""
    return artifact.body.encode() if artifact.encoding == "utf-8" else base64.b64decode(artifact.body)


def say_outcome(row: "HarnessProjectionRow", *, json: bool) -> None:
    """Tell where a harness came to and what is next; ends with exit code 1 if it did not go well."""
    if json:
        say_json(row)
    else:
        people.print(f"Harness {row.harness_id}: {row.phase}. {row.headline}", markup=False, soft_wrap=True)
        if row.phase == "awaiting_decision":
            people.print(f"See `fractalops proposals show {short(row.proposal_id)}`.", markup=False)
        if row.recovery_case_id:
            people.print(f"See `fractalops recovery show {short(row.recovery_case_id)}`.", markup=False)
        if row.proof_id:
            people.print(f"Verify with `fractalops proofs verify {short(row.proof_id)}`.", markup=False)
    if row.phase in FINAL and row.phase != "succeeded":
        raise typer.Exit(1)


def _say_continuity(row: "HarnessDetail") -> None:
    """What the harness took up of an earlier one, and until when a later one can take it up."""
    receipt: dict[str, Any] = row.continuity_receipt
    if receipt.get("from_harness_id"):
        people.print(f"resumes   {receipt['from_harness_id']}", markup=False)
    for fate in ("survived", "lost"):
        for note in receipt.get(fate, ()):
            what = note["what"].replace("_", " ")
            people.print(f"{fate:<9} {what}: {note['detail']}", markup=False, soft_wrap=True)
    if row.kept:
        taken = f"taken up by {row.kept.taken_by}" if row.kept.taken_by else "can be resumed"
        people.print(f"kept      until {when(row.kept.until)}, {taken}", markup=False, soft_wrap=True)


def _live(row: "HarnessRow") -> tuple[str, str, str]:
    live = row.projection
    if live is None:
        return row.state, "", ""
    headline = shorten(live.headline, _HEADLINE_WIDTH, placeholder=" …")
    return live.phase, f"{live.steps_done}/{live.steps_total}", headline
