"""`proofs`: signed, logged statements about executions, verified here and not by whoever made them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.text import Text

import fractalops_client
from entrypoints.cli import log
from entrypoints.cli.calling import As, call, failure
from entrypoints.cli.output import Json, people, say_json, say_pairs, say_table
from entrypoints.cli.records import Limit, Table, plain, short, text_of, when

if TYPE_CHECKING:
    from contracts.proofs import ProofBundle
    from entrypoints.cli.remote import Caller

group = typer.Typer(help="Signed, logged statements about executions; verify them here, also offline.")
app = typer.Typer()
group.command("checkpoint")(log.checkpoint)
group.command("consistency")(log.consistency)
app.add_typer(group, name="proofs", no_args_is_help=True)
app.add_typer(group, name="proof", hidden=True, no_args_is_help=True)

PROOFS = Table(
    "proof",
    by_id=lambda platform, proof_id: platform.proof(proof_id),
    ids=lambda platform, limit: platform.proof_ids(limit),
)

Which = Annotated[str, typer.Argument(metavar="PROOF", help="Its id, or a beginning of it.")]


@group.command("list")
def list_(*, limit: Limit = 50, as_: As = None, json: Json = False) -> None:
    """List proofs, newest first.

    Example: fractalops proofs list
    """
    rows = call(as_, lambda caller: caller.platform.proofs(limit))
    if json:
        say_json(rows)
        return
    columns = ("id", "outcome", "leaf", "execution", "harness", "recorded")
    cells = [
        (
            *(short(row.id), row.outcome, row.leaf_index, short(row.execution_id)),
            *(short(row.harness_id), when(row.recorded_at)),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="There are no proofs yet; an execution makes one.")


@group.command()
def show(proof: Which, *, as_: As = None, json: Json = False) -> None:
    """Show a proof: what it is about and where it stands in the log. `verify` says whether to believe it.

    Example: fractalops proofs show 91b0cc02
    """
    row = call(as_, lambda caller: PROOFS.one(caller, proof))
    if json:
        say_json(row)
        return
    told = {
        **{name: getattr(row, name) for name in ("id", "outcome", "execution_id", "harness_id", "leaf_index")},
        "leaf_hash": row.leaf_hash,
        **{name: getattr(row.execution, name, None) for name in ("base_commit", "commit_id", "reason")},
        **{name: getattr(row, name) for name in ("predicate_type", "key_id")},
        "recorded": when(row.recorded_at),
    }
    say_pairs({name: said for name, said in told.items() if said is not None})


@group.command()
def verify(
    proof: Annotated[str | None, typer.Argument(metavar="PROOF", help="Its id, or a beginning of it.")] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", exists=True, dir_okay=False, help="A bundle from `proofs export`; nothing is asked."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", exists=True, dir_okay=False, help="The public key (PEM) that you trust."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", exists=True, dir_okay=False, help="A checkpoint that you kept, from `proofs checkpoint`."
        ),
    ] = None,
    consistency: Annotated[
        Path | None,
        typer.Option(
            "--consistency", exists=True, dir_okay=False, help="With --file: the answer of `proofs consistency --json`."
        ),
    ] = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Verify a proof on this machine: its signature, and its place in the organization's log. Exit code 1 if not.

    Without --key the key is the bundle's own: that shows the bundle agrees with itself, not who signed it.
    With --against, the log must also have only grown since the checkpoint that you kept.

    Example: fractalops proofs verify 91b0cc02

    Example: fractalops proofs verify --file bundle.json --key fractalops.pem

    Example: fractalops proofs verify 91b0cc02 --against kept.checkpoint
    """
    if (proof is None) == (file is None):
        raise typer.BadParameter("Give either a proof's id or --file.")
    if consistency is not None and (file is None or against is None):
        raise typer.BadParameter("--consistency goes with --file and --against.")
    bundle, org_id = (_read(file), None) if file else call(as_, lambda caller: _fetched(caller, proof or ""))
    trusted = text_of(key) if key else None
    report = checked(bundle, org_id=org_id, public_key_pem=trusted)
    if against is not None:
        kept = text_of(against)
        grown = log.read(consistency) if consistency else None
        if file is None:
            grown = call(as_, lambda caller: log.since(caller, kept, bundle))
        since = log.compared(kept, bundle, grown, public_key_pem=trusted)
        report["checks"].append(since)
        report["verified"] = report["verified"] and since["holds"]
    if json:
        say_json(report)
    else:
        _say(report, has_trusted_key=key is not None)
    if not report["verified"]:
        raise typer.Exit(1)


@group.command()
def export(proof: Which, *, as_: As = None, json: Json = False) -> None:
    """Print the bundle that verifies a proof offline; it is one JSON document, with --json and without.

    Example: fractalops proofs export 91b0cc02 > bundle.json
    """
    del json
    bundle, _ = call(as_, lambda caller: _fetched(caller, proof))
    say_json(bundle.model_dump(mode="json"))


def checked(bundle: "ProofBundle", *, org_id: UUID | None, public_key_pem: str | None) -> dict[str, Any]:
    """What holds about the bundle, every check by name, and the statement if it was signed by the key.

    What stands in the bundle around the signed envelope is compared with what was signed.
    """
    from entrypoints import proofs  # noqa: PLC0415  - loads the mathematics, which other commands need not

    try:
        report = proofs.as_json(proofs.verify(bundle, org_id=org_id, public_key_pem=public_key_pem))
    except ValueError as error:
        raise failure("INVALID_INPUT", f"The bundle's path to the log's root is not hexadecimal: {error}.") from error
    statement = report["statement"]
    if statement is not None:
        signed = statement["predicate"].get("execution", {})
        agrees = signed.get("id") == str(bundle.execution_id) and signed.get("outcome") == bundle.outcome
        detail = "The bundle says what was signed." if agrees else "The bundle names another execution or outcome."
        report["checks"].append({"name": "bundle", "holds": agrees, "detail": detail})
        report["verified"] = report["verified"] and agrees
    return {"proof_id": str(bundle.proof_id), **report}


async def _fetched(caller: "Caller", proof: str) -> "tuple[ProofBundle, UUID | None]":
    from contracts.proofs import ProofBundle  # noqa: PLC0415  - loads the mathematics

    which = fractalops_client.VerifyProofInput(proof_id=await PROOFS.id_of(caller, proof))
    bundle = await caller.platform.verify_proof(which)
    org_id = caller.session.org_id
    return ProofBundle.model_validate(plain(bundle)), UUID(org_id) if org_id else None


def _read(file: Path) -> "ProofBundle":
    from pydantic import ValidationError  # noqa: PLC0415  - loads the mathematics

    from contracts.proofs import ProofBundle  # noqa: PLC0415  - the same

    try:
        return ProofBundle.model_validate_json(text_of(file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise failure(
            "INVALID_INPUT",
            f"{file} holds no proof bundle: {where}: {first['msg']}.",
            remedy="Make one with `fractalops proofs export PROOF > bundle.json`.",
        ) from error


def _say(report: dict[str, Any], *, has_trusted_key: bool) -> None:
    for check in report["checks"]:
        mark = ("ok  ", "green") if check["holds"] else ("FAIL", "red")
        people.print(Text.assemble(mark, f"  {check['name'].ljust(10)}  {check['detail']}"), soft_wrap=True)
    statement = report["statement"]
    if statement is not None:
        _say_signed(statement["predicate"])
    verdict = "The proof holds." if report["verified"] else "The proof does not hold."
    people.print(Text(verdict, style="bold green" if report["verified"] else "bold red"))
    if report["verified"] and not has_trusted_key:
        people.print("Checked with the bundle's own key; --key checks against one that you trust.")


def _say_signed(predicate: dict[str, Any]) -> None:
    execution, change = predicate.get("execution", {}), predicate.get("change", {})
    told = {
        "organization": predicate.get("organization"),
        "outcome": execution.get("outcome"),
        "reason": execution.get("reason"),
        "proposal": predicate.get("proposal", {}).get("digest"),
        "base commit": change.get("baseCommit"),
        "commit": change.get("commit"),
    }
    say_pairs({name: said for name, said in told.items() if said is not None})
