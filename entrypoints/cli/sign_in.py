"""`sign-in`, `sign-out` and `whoami`: who the commands speak as."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entrypoints.cli.calling import As, call, failure, run
from entrypoints.cli.connection import client, development_user
from entrypoints.cli.output import Failure, Json, people, say_json, say_pairs
from entrypoints.cli.session import Session, SessionFile

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller

app = typer.Typer()


@app.command("sign-in")
def sign_in(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="On the local stack also a role, such as owner.")],
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking for it.")
    ] = False,
    json: Json = False,
) -> None:
    """Sign in; the commands that follow speak as this person until `sign-out`.

    The password is asked for, or read from standard input; the users of the local stack are known without it.

    Example: fractalops sign-in owner

    Example: fractalops sign-in ada@acme.example --password-stdin < password.txt
    """
    session = _given_session(email) if password_stdin else _local_session(email) or _asked_session(email)
    if session.org_id is None:
        raise failure("FORBIDDEN", f"{session.email} belongs to no organization.")
    SessionFile().keep(session)
    if json:
        say_json({"email": session.email, "role": session.role, "org_id": session.org_id})
    else:
        people.print(f"Signed in as {session.email}, {session.role}.", markup=False)


@app.command("sign-out")
def sign_out(*, json: Json = False) -> None:
    """End the session and forget it; nobody being signed in is fine as well.

    Example: fractalops sign-out
    """
    file = SessionFile()
    session = file.load()
    file.forget()
    if session is not None:
        _end(session)
    if json:
        say_json({"signed_out": session is not None})
    else:
        people.print("Signed out." if session else "Nobody was signed in.")


@app.command()
def whoami(*, as_: As = None, json: Json = False) -> None:
    """Show who is signed in, with which role, in which organization; the platform is asked, so the session works.

    Example: fractalops whoami --json
    """

    async def told(caller: "Caller") -> dict[str, Any]:
        found = await caller.platform.organization()
        session = caller.session
        return {
            "email": session.email,
            "role": session.role,
            "organization": found[0] if found else None,
            "platform": caller.at.graphql_url,
        }

    who = call(as_, told)
    if json:
        say_json(who)
        return
    organization = who["organization"]
    shown = f"{organization.name} ({organization.slug}), {organization.state}" if organization else "none"
    say_pairs({**who, "organization": shown})


def _given_session(email: str) -> Session:
    password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise failure("INVALID_INPUT", "Standard input holds no password.")
    return _session(email, password)


def _local_session(who: str) -> Session | None:
    user = development_user(who)
    if user is None:
        if "@" not in who:
            raise failure("NOT_FOUND", f"The local stack has no development user with the role {who!r}.")
        return None
    try:
        return _session(user.email, user.password)
    except Failure as refused:
        # Someone whose password is their own is asked for it.
        if refused.code == "UNAUTHENTICATED" and "@" in who:
            return None
        raise


def _asked_session(email: str) -> Session:
    if not sys.stdin.isatty():
        raise failure(
            "UNAUTHENTICATED", "There is nobody to ask for the password.", remedy="Send it with --password-stdin."
        )
    return _session(email, typer.prompt("Password", hide_input=True, err=True))


def _session(email: str, password: str) -> Session:
    from entrypoints.cli.remote import sign_in as begin  # noqa: PLC0415  - its libraries take a second to load

    at = client()
    return run(lambda: begin(at, email, password))


def _end(session: Session) -> None:
    from entrypoints.cli.remote import sign_out as end  # noqa: PLC0415  - its libraries take a second to load

    try:
        at = client()
    except Failure:
        # Without a platform at hand, forgetting is all there is to do.
        return
    if at.supabase_url == session.supabase_url:
        run(lambda: end(at, session))
