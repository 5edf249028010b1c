"""`members`: who belongs to the organization, and with which role."""

from typing import TYPE_CHECKING, Annotated

import typer

import fractalops_client
from entrypoints.cli.accounts import give_accounts
from entrypoints.cli.calling import As, Key, call, failure, given, run
from entrypoints.cli.output import Json, people, say_json, say_table
from entrypoints.cli.records import ROWS_MAX, when
from fractalops_client import Role

if TYPE_CHECKING:
    from uuid import UUID

    from entrypoints.cli.remote import Caller
    from fractalops_client import MemberRow, RecordedRow

app = typer.Typer(name="members", no_args_is_help=True, help="Who belongs to the organization, and with which role.")

Who = Annotated[str, typer.Argument(metavar="MEMBER", help="Their email, or the name of one without an email.")]
Given = Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, operator, approver or owner.")]


@app.command("list")
def list_(*, as_: As = None, json: Json = False) -> None:
    """List the organization's members, the longest first.

    Example: fractalops members list
    """
    rows = call(as_, lambda caller: caller.platform.members(ROWS_MAX))
    if json:
        say_json(rows)
        return
    cells = [
        (
            *((one.principal.name, one.principal.email or "") if one.principal else ("", "")),
            one.role,
            when(one.created_at),
        )
        for one in rows
    ]
    say_table(("name", "email", "role", "since"), cells, empty="The organization has no members.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What they are called.")],
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="What they sign in with.")],
    role: Given,
    *,
    key: Key = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Add a person to the organization. For owners.

    On the local stack they can then `fractalops sign-in EMAIL`; elsewhere the sign-in service's administrator makes an
    account for the email.

    Example: fractalops members add "Ada Brook" ada@acme.example approver
    """
    recorded = call(
        as_,
        lambda caller: caller.platform.add_member(
            given(fractalops_client.AddMemberInput, key, name=name, email=email, role=role)
        ),
    )
    run(lambda: give_accounts([email.strip().lower()]))
    _say(recorded, "Added", json=json)


@app.command()
def change(member: Who, role: Given, *, key: Key = None, as_: As = None, json: Json = False) -> None:
    """Give a member another role; the token that they have says the former one until it expires. For owners.

    Example: fractalops members change ada@acme.example owner
    """

    async def told(caller: "Caller") -> "RecordedRow":
        principal_id = await _found(caller, member)
        return await caller.platform.change_member(
            given(fractalops_client.ChangeMemberInput, key, principal_id=principal_id, role=role)
        )

    _say(call(as_, told), "Changed", json=json)


@app.command()
def remove(member: Who, *, key: Key = None, as_: As = None, json: Json = False) -> None:
    """Take a member out of the organization; what they did stays. For owners.

    Example: fractalops members remove ada@acme.example
    """

    async def told(caller: "Caller") -> "RecordedRow":
        principal_id = await _found(caller, member)
        return await caller.platform.remove_member(
            given(fractalops_client.RemoveMemberInput, key, principal_id=principal_id)
        )

    _say(call(as_, told), "Removed", json=json)


async def _found(caller: "Caller", member: str) -> "UUID":
    rows = await caller.platform.members(ROWS_MAX)
    wanted = member.strip().lower()
    by_email = [row for row in rows if wanted and _email(row) == wanted]
    found = by_email or [row for row in rows if row.principal and row.principal.name == member]
    if not found:
        raise failure("NOT_FOUND", f"There is no member {member!r} in this organization.")
    if len(found) > 1:
        raise failure("AMBIGUOUS", f"{len(found)} members are called {member!r}.", remedy="Give the email.")
    return found[0].principal_id


def _email(member: "MemberRow") -> str:
    return (member.principal.email if member.principal else None) or ""


def _say(recorded: "RecordedRow", done: str, *, json: bool) -> None:
    if json:
        say_json(recorded)
    else:
        people.print(f"{done}: principal {recorded.id} is {recorded.state}.", markup=False)
