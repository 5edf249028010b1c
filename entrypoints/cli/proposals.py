"""`proposals`: changes before any effect, and decisions on exactly one digest."""

import sys
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.text import Text

import fractalops_client
from contracts.states import ProposalState
from entrypoints.cli import kinds
from entrypoints.cli.calling import As, Key, call, given
from entrypoints.cli.harness import body_of
from entrypoints.cli.output import Json, people, say_json, say_pairs, say_table
from entrypoints.cli.records import Limit, Table, plain, short, when

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import ProposalDetail, ProposalRow, RecordedRow

app = typer.Typer(
    name="proposals", no_args_is_help=True, help="Changes under review: look at them, approve, reject or withdraw them."
)

PROPOSALS = Table(
    "proposal",
    by_id=lambda platform, proposal_id: platform.proposal(proposal_id),
    ids=lambda platform, limit: platform.proposal_ids(limit),
)

_STYLES = (("+++", "bold"), ("---", "bold"), ("@@", "cyan"), ("diff ", "bold"), ("+", "green"), ("-", "red"))

Which = Annotated[str, typer.Argument(metavar="PROPOSAL", help="Its id, or a beginning of it.")]
Digest = Annotated[
    str | None, typer.Option("--digest", metavar="sha256:…", help="Decide on exactly this digest, without a question.")
]


@app.command("list")
def list_(
    *,
    state: Annotated[ProposalState | None, typer.Option("--state", help="Only those in this state.")] = None,
    limit: Limit = 50,
    as_: As = None,
    json: Json = False,
) -> None:
    """List proposals, newest first.

    Example: fractalops proposals list --state submitted
    """

    async def told(caller: "Caller") -> "list[ProposalRow]":
        if state is None:
            return await caller.platform.proposals(limit)
        return await caller.platform.proposals_in_state(state.value, limit)

    rows = call(as_, told)
    if json:
        say_json(rows)
        return
    columns = ("id", "title", "state", "what", "by", "expires")
    cells = [
        (
            *(short(row.id), row.title, row.state, kinds.size(row.kind, row.payload)),
            *(row.principal and row.principal.name, when(row.expires_at)),
        )
        for row in rows
    ]
    say_table(columns, cells, empty="There are no such proposals.")


@app.command()
def show(proposal: Which, *, as_: As = None, json: Json = False) -> None:
    """Show a proposal with everything its digest binds, its decisions and what it does.

    Example: fractalops proposals show 7c0d11ab
    """

    async def told(caller: "Caller") -> "tuple[ProposalDetail, str]":
        row = await PROPOSALS.one(caller, proposal)
        if row.kind != kinds.WITH_PATCH:
            return row, ""
        found = await caller.platform.artifact_body(UUID(row.payload["patch_artifact_id"]))
        return row, body_of(found[0]).decode(errors="replace") if found else ""

    row, patch = call(as_, told)
    if json:
        say_json({**plain(row), "patch": patch})
        return
    _say_head(row)
    for one in row.decisions:
        reason = f": {one.reason}" if one.reason else ""
        _say(f"{one.verdict} by {one.principal.name if one.principal else ''}, {when(one.decided_at)}{reason}")
    for one in row.executions:
        _say(f"execution {one.id}  {one.state}  {one.commit_id or one.reason or ''}")
    people.print()
    for line in patch.splitlines():
        people.print(patch_line(line), soft_wrap=True)


@app.command()
def approve(
    proposal: Which,
    *,
    digest: Digest = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, for those who come later.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Approve the digest as it is now, unasked.")] = False,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Approve exactly one digest; the last approval that the policy asks for queues the execution.

    Without --digest it shows what the proposal's digest is and asks. For approvers and owners, not for the proposer.

    Example: fractalops proposals approve 7c0d11ab
    """
    row = _found(as_, proposal)
    chosen = digest or row.digest
    if digest is None and not yes:
        _confirm(row, json=json)
    decision = given(fractalops_client.ApproveProposalInput, key, proposal_id=row.id, digest=chosen, reason=reason)
    _say_decided(call(as_, lambda caller: caller.platform.approve_proposal(decision)), json=json)


@app.command()
def reject(
    proposal: Which,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; the proposer reads it.")],
    digest: Digest = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Reject a proposal, with a reason; nothing is carried out. For approvers and owners.

    Example: fractalops proposals reject 7c0d11ab --reason "Changes the licence, too."
    """
    row = _found(as_, proposal)
    chosen = digest or row.digest
    decision = given(fractalops_client.RejectProposalInput, key, proposal_id=row.id, digest=chosen, reason=reason)
    _say_decided(call(as_, lambda caller: caller.platform.reject_proposal(decision)), json=json)


@app.command()
def withdraw(proposal: Which, *, key: Key = None, as_: As = None, json: Json = False) -> None:
    """Take your own proposal back while it is under review. For the proposer.

    Example: fractalops proposals withdraw 7c0d11ab
    """
    row = _found(as_, proposal)
    withdrawn = given(fractalops_client.WithdrawProposalInput, key, proposal_id=row.id)
    _say_decided(call(as_, lambda caller: caller.platform.withdraw_proposal(withdrawn)), json=json)


def patch_line(line: str) -> Text:
    """One line of a patch, in its color."""
    return Text(line, style=next((style for start, style in _STYLES if line.startswith(start)), ""))


def _found(as_: str | None, proposal: str) -> "ProposalDetail":
    return call(as_, lambda caller: PROPOSALS.one(caller, proposal))


def _say_decided(recorded: "RecordedRow", *, json: bool) -> None:
    if json:
        say_json(recorded)
    else:
        _say(f"Proposal {recorded.id} is {recorded.state}.")


def _confirm(row: "ProposalRow", *, json: bool) -> None:
    if json or not sys.stdin.isatty():
        raise typer.BadParameter("Nobody can be asked here: give --digest with the digest you saw, or --yes.")
    _say_head(row)
    typer.confirm(f"Approve {row.digest}?", abort=True)


def _say_head(row: "ProposalRow") -> None:
    say_pairs(
        {
            **{name: getattr(row, name) for name in ("id", "title", "state", "digest")},
            "proposed by": row.principal and row.principal.name,
            "harness": row.harness_id,
            **kinds.facts(row.kind, row.payload),
            "expires": when(row.expires_at),
        }
    )
    for line in kinds.lines(row.kind, row.payload):
        _say(line)


def _say(line: str) -> None:
    people.print(line, markup=False, soft_wrap=True)
