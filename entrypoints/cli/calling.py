"""What every command that speaks to the platform shares: as whom, with which key, and how a refusal is told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID, uuid4

import typer

from entrypoints.cli.connection import client, development_user
from entrypoints.cli.output import Failure
from entrypoints.cli.session import SessionFile
from fractalops_client import FractalOpsError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from entrypoints.cli.remote import Caller

T = TypeVar("T")
M = TypeVar("M", bound="BaseModel")

As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="ROLE_OR_EMAIL",
        help="Act as this development user of the local stack, for this command alone.",
    ),
]
Key = Annotated[
    UUID | None,
    typer.Option(
        "--idempotency-key",
        metavar="UUID",
        help="Send the same key to repeat a request safely; generated otherwise.",
    ),
]

_SIGN_IN = "Sign in with `fractalops sign-in EMAIL`; `fractalops sign-in owner` does on the local stack."
_REMEDIES = {
    "invalid-jwt": _SIGN_IN,
    "access-denied": _SIGN_IN,
    "UNAUTHENTICATED": _SIGN_IN,
    "UNREACHABLE": "See `fractalops status`.",
    "NOT_ACTIVE": "See `fractalops onboarding status`; after mending, run `fractalops onboarding check`.",
    "OWN_PROPOSAL": "Someone else with the role approver or owner decides.",
    "STALE": "Look at it again with `fractalops proposals show`; what it was bound to has changed.",
    "NOTHING_TO_RESUME": "Launch it without --continuity, to begin anew.",
    "IDEMPOTENCY_CONFLICT": "Leave out --idempotency-key, or send exactly the former request with it.",
}


def failure(code: str, sentence: str, *, remedy: str | None = None) -> Failure:
    """A failure whose code is also shown to people; well-known codes bring their remedy."""
    return Failure(f"{sentence} ({code})", code=code, remedy=remedy or _REMEDIES.get(code))


def call(who: str | None, story: "Callable[[Caller], Awaitable[T]]") -> T:
    """What the story comes to, told as the person signed in or as `who`, a development user of the local stack.

    Raises:
        Failure: with the platform's code and words if it refuses; SIGNED_OUT if nobody is signed in.
    """

    async def told() -> T:
        async with await _caller(who) as caller:
            return await story(caller)

    return run(told)


def run(story: Callable[[], Awaitable[T]]) -> T:
    """What the story comes to.

    Raises:
        Failure: with the platform's code and words if it refuses.
    """

    async def told() -> T:
        return await story()

    try:
        return asyncio.run(told())
    except FractalOpsError as error:
        raise failure(error.code, str(error)) from error


def given(of: type[M], key: UUID | None, **said: Any) -> M:
    """The input of a mutation without what was left out, and with its idempotency key.

    Raises:
        Failure: INVALID_INPUT, with the first place that is wrong.
    """
    from pydantic import ValidationError  # noqa: PLC0415  - only commands that change something need it

    kept = {name: value for name, value in said.items() if value is not None}
    try:
        return of.model_validate({**kept, "idempotency_key": key or uuid4()})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise failure("INVALID_INPUT", f"{place}: {first['msg']}.") from error


async def _caller(who: str | None) -> "Caller":
    from entrypoints.cli.remote import Caller, sign_in  # noqa: PLC0415  - its libraries take a second to load

    at = client()
    if who is not None:
        user = development_user(who)
        if user is None:
            raise failure(
                "NOT_FOUND", f"The local stack has no development user {who!r}.", remedy="See `fractalops up --help`."
            )
        return Caller(at, await sign_in(at, user.email, user.password), None)
    file = SessionFile()
    session = file.load()
    if session is None:
        raise failure("SIGNED_OUT", "Nobody is signed in.", remedy=_SIGN_IN)
    if session.supabase_url != at.supabase_url:
        raise failure("SIGNED_OUT", f"The session is of another platform, {session.supabase_url}.", remedy=_SIGN_IN)
    return Caller(at, session, file)
