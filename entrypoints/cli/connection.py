"""Where the platform is for a command that speaks to it: what the environment says, else the stack that runs here."""

import os
from dataclasses import dataclass
from typing import Any

from entrypoints.cli.output import Failure
from entrypoints.config import Client, state_folder
from entrypoints.stack import running
from entrypoints.stack.home import Home


def client() -> Client:
    """The platform's addresses: those of `FRACTALOPS_GRAPHQL_URL` and its companions if set, else the local stack's.

    Raises:
        Failure: if neither is there.
    """
    if "FRACTALOPS_GRAPHQL_URL" in os.environ:
        return Client.from_environment()
    at = local_description()
    if at is None:
        raise Failure(
            "No platform is at hand: FRACTALOPS_GRAPHQL_URL is not set and no stack serves in this folder.",
            code="NOT_RUNNING",
            remedy="Start one with `fractalops up --detach`.",
        )
    return Client(
        graphql_url=at["graphql_url"],
        supabase_url=at["supabase_url"],
        anon_key=at["anon_key"],
        admin_secret=at["admin_secret"],
    )


@dataclass(frozen=True, repr=False)
class DevelopmentUser:
    """Someone who can sign in to the local stack with the password that was generated for it."""

    email: str
    password: str


def local_description() -> dict[str, Any] | None:
    """What `fractalops up --json` prints of the stack that serves in this folder; None if none does."""
    stack = running.find(Home(state_folder()))
    return None if stack is None else stack.description


def development_user(role_or_email: str) -> DevelopmentUser | None:
    """The local stack's user of that role, or of that email with the stack's password; None without such a stack.

    With the environment pointing elsewhere there is none: a password must not travel to another platform.
    """
    at = local_description()
    if at is None or client().supabase_url != at["supabase_url"]:
        return None
    users: dict[str, dict[str, str]] = at["users"]
    if role_or_email in users:
        return DevelopmentUser(**users[role_or_email])
    if "@" not in role_or_email or not users:
        return None
    return DevelopmentUser(role_or_email, next(iter(users.values()))["password"])
