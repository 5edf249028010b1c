"""`recovery`: cases in which work waits for an answer, and answering them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

import fractalops_client
from contracts.states import RecoveryState
from entrypoints.cli.calling import As, Key, call, given
from entrypoints.cli.output import Json, people, say_json, say_pairs, say_table
from entrypoints.cli.records import Limit, Table, short, when

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import RecoveryCaseDetail, RecoveryCaseRow

app = typer.Typer(
    name="recovery", no_args_is_help=True, help="Work that waits for an answer: see what was seen, and answer."
)

CASES = Table(
    "recovery_case",
    by_id=lambda platform, case_id: platform.recovery_case(case_id),
    ids=lambda platform, limit: platform.recovery_case_ids(limit),
)

Which = Annotated[str, typer.Argument(metavar="CASE", help="Its id, or a beginning of it.")]


@app.command("list")
def list_(
    *,
    all_: Annotated[bool, typer.Option("--all", help="Also those that were answered or abandoned.")] = False,
    limit: Limit = 50,
    as_: As = None,
    json: Json = False,
) -> None:
    """List the recovery cases that wait for an answer, newest first.

    Example: fractalops recovery list
    """

    async def told(caller: "Caller") -> "list[RecoveryCaseRow]":
        if all_:
            return await caller.platform.recovery_cases(limit)
        return await caller.platform.recovery_cases_in_state(RecoveryState.OPEN.value, limit)

    rows = call(as_, told)
    if json:
        say_json(rows)
        return
    cells = [
        (
            *(short(row.id), row.kind, row.state, row.harness.title if row.harness else "", row.seen["says"]),
            *(when(row.created_at), when(row.expires_at)),
        )
        for row in rows
    ]
    columns = ("id", "kind", "state", "harness", "seen", "since", "until")
    say_table(columns, cells, empty="Nothing waits for an answer.")


@app.command()
def show(case: Which, *, as_: As = None, json: Json = False) -> None:
    """Show a recovery case: what was seen, what is wanted, and the answer once there is one.

    Example: fractalops recovery show 5b1e20aa
    """
    row = call(as_, lambda caller: CASES.one(caller, case))
    if json:
        say_json(row)
        return
    say_pairs({name: said for name, said in _told(row).items() if said})


@app.command()
def resolve(
    case: Which,
    choice: Annotated[str, typer.Argument(metavar="CHOICE", help="One of the choices that `show` names.")],
    *,
    note: Annotated[str | None, typer.Option("--note", help="For those who come later; never a secret.")] = None,
    timeout_s: Annotated[
        int | None, typer.Option("--timeout-s", min=1, help="Time for RUN, where the case asks about it.")
    ] = None,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Answer a recovery case, so that its harness goes on or ends. For operators and owners.

    Example: fractalops recovery resolve 5b1e20aa retry
    """
    said = {"choice": choice, "note": note, "timeout_s": timeout_s}
    answer = {name: value for name, value in said.items() if value is not None}

    async def told(caller: "Caller") -> "fractalops_client.RecordedRow":
        case_id = await CASES.id_of(caller, case)
        resolved = given(fractalops_client.ResolveRecoveryCaseInput, key, recovery_case_id=case_id, answer=answer)
        return await caller.platform.resolve_recovery_case(resolved)

    recorded = call(as_, told)
    if json:
        say_json(recorded)
    else:
        people.print(f"Recovery case {recorded.id} is {recorded.state}.", markup=False)


def _told(row: "RecoveryCaseDetail") -> dict[str, Any]:
    choices = row.wanted["answer_schema"]["properties"]["choice"]["enum"]
    return {
        **{name: getattr(row, name) for name in ("id", "kind", "state")},
        "harness": f"{row.harness_id}  {row.harness.title if row.harness else ''}",
        "seen": row.seen["says"],
        **{
            name.replace("_", " "): value
            for name, value in row.seen.items()
            if name != "says" and not name.endswith("_id")
        },
        "wanted": row.wanted["says"],
        "choices": ", ".join(choices),
        "since": when(row.created_at),
        "until": when(row.expires_at),
        "answer": row.answer and ", ".join(f"{name}: {value}" for name, value in row.answer.items()),
        "answered by": row.principal and row.principal.name,
    }
