"""The growth of an organization's log, for `proofs`: its newest checkpoint, and that it only grew between two."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.text import Text

import fractalops_client
from entrypoints.cli.calling import As, call, failure
from entrypoints.cli.output import Json, people, say_json
from entrypoints.cli.records import plain, text_of

if TYPE_CHECKING:
    from contracts.proofs import ConsistencyProof, ProofBundle
    from entrypoints.cli.remote import Caller


def checkpoint(*, as_: As = None, json: Json = False) -> None:
    """Print the log's newest signed checkpoint. Keep it where nobody else writes, to notice a rewritten log later.

    Example: fractalops proofs checkpoint > kept.checkpoint
    """
    head = call(as_, _head)
    if json:
        say_json(head)
    else:
        print(head.note, end="")


def consistency(
    from_size: Annotated[
        int | None, typer.Argument(min=1, metavar="FROM", help="How many leaves the earlier checkpoint covers.")
    ] = None,
    to_size: Annotated[
        int | None, typer.Argument(min=1, metavar="TO", help="Those of the later one; the newest is taken otherwise.")
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", exists=True, dir_okay=False, help="An answer kept from --json; nothing is asked."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", exists=True, dir_okay=False, help="The public key (PEM) that you trust."),
    ] = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Verify on this machine that the log only grew between two of its checkpoints. Exit code 1 if it did not.

    Example: fractalops proofs consistency 3

    Example: fractalops proofs consistency 3 9 --json > grown.json
    """
    if (from_size is None) == (file is None):
        raise typer.BadParameter("Give either FROM or --file.")
    proof, org_id = (read(file), None) if file else call(as_, lambda caller: _asked(caller, from_size or 0, to_size))
    checks = _checks(proof, org_id=org_id, public_key_pem=text_of(key) if key else None)
    grew = all(check["holds"] for check in checks)
    if json:
        say_json({**proof.model_dump(mode="json"), "checks": checks, "verified": grew})
    else:
        for check in checks:
            mark = ("ok  ", "green") if check["holds"] else ("FAIL", "red")
            people.print(Text.assemble(mark, f"  {check['name'].ljust(11)}  {check['detail']}"), soft_wrap=True)
        said = f"The log only grew from {proof.from_size} to {proof.to_size} leaves."
        people.print(said if grew else "It is not shown that the log only grew.")
    if not grew:
        raise typer.Exit(1)


async def since(caller: "Caller", kept: str, bundle: "ProofBundle") -> "ConsistencyProof | None":
    """What shows how the log got from the kept checkpoint to the bundle's, or back; None: there is nothing to show."""
    kept_size = _size_of(kept)
    if kept_size == bundle.tree_size:
        return None
    smaller, larger = sorted((kept_size, bundle.tree_size))
    return (await _asked(caller, smaller, larger))[0]


def compared(
    kept: str, bundle: "ProofBundle", grown: "ConsistencyProof | None", *, public_key_pem: str | None
) -> dict[str, Any]:
    """The check that the log of the bundle's checkpoint and that of the kept one are the same log, one maybe longer.

    Of `grown` only its hashes and keys are believed: the checkpoints are the kept one and the bundle's.
    """
    from contracts import consistency  # noqa: PLC0415  - loads the mathematics, which other commands need not

    is_older = _size_of(kept) <= bundle.tree_size
    keys = (grown.from_public_key_pem, grown.to_public_key_pem) if grown else (bundle.public_key_pem,) * 2
    growth = consistency.Growth(
        earlier=kept if is_older else bundle.checkpoint,
        later=bundle.checkpoint if is_older else kept,
        earlier_key_pem=public_key_pem or keys[0],
        later_key_pem=public_key_pem or keys[1],
        path=_path(grown) if grown else [],
    )
    fault = next((check.detail for check in consistency.verify(growth) if not check.ok), None)
    holds = "The log is the one of the checkpoint that you kept; between the two it only grew."
    return {"name": "consistency", "holds": fault is None, "detail": fault or holds}


def read(file: Path) -> "ConsistencyProof":
    """The consistency proof in a file.

    Raises:
        Failure: INVALID_INPUT.
    """
    from pydantic import ValidationError  # noqa: PLC0415  - loads the mathematics

    from contracts.proofs import ConsistencyProof  # noqa: PLC0415  - the same

    try:
        return ConsistencyProof.model_validate_json(text_of(file))
    except ValidationError as error:
        raise failure(
            "INVALID_INPUT",
            f"{file} holds no consistency proof: {error.errors()[0]['msg']}.",
            remedy="Make one with `fractalops proofs consistency FROM TO --json > grown.json`.",
        ) from error


def _checks(proof: "ConsistencyProof", *, org_id: UUID | None, public_key_pem: str | None) -> list[dict[str, Any]]:
    from contracts import consistency  # noqa: PLC0415  - loads the mathematics
    from entrypoints import proofs  # noqa: PLC0415  - the same

    _path(proof)
    growth = proofs.growth(proof, org_id, public_key_pem=public_key_pem)
    return [{"name": one.name.value, "holds": one.ok, "detail": one.detail} for one in consistency.verify(growth)]


async def _asked(caller: "Caller", from_size: int, to_size: int | None) -> "tuple[ConsistencyProof, UUID | None]":
    from contracts.proofs import ConsistencyProof  # noqa: PLC0415  - loads the mathematics

    to = to_size or (await _head(caller)).tree_size
    given = fractalops_client.LogConsistencyInput(from_size=from_size, to_size=to)
    answer = await caller.platform.log_consistency(given)
    org_id = caller.session.org_id
    return ConsistencyProof.model_validate(plain(answer)), UUID(org_id) if org_id else None


async def _head(caller: "Caller") -> Any:
    heads = await caller.platform.log_head()
    if not heads:
        raise failure("NOT_FOUND", "The organization's log has no proof yet.")
    return heads[0]


def _path(proof: "ConsistencyProof") -> list[bytes]:
    try:
        return [bytes.fromhex(step) for step in proof.path]
    except ValueError as error:
        raise failure("INVALID_INPUT", f"The path between the checkpoints is not hexadecimal: {error}.") from error


def _size_of(note: str) -> int:
    from contracts.checkpoint import DocumentError, SignedCheckpoint  # noqa: PLC0415  - loads the mathematics

    try:
        return SignedCheckpoint.parse(note).checkpoint.size
    except DocumentError as error:
        raise failure("INVALID_INPUT", f"The kept checkpoint cannot be read: {error}") from error
