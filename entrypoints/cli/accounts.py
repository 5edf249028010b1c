"""Accounts of the local stack, so that whoever is added there can sign in at once."""

from collections.abc import Sequence

from entrypoints.cli.connection import client, local_description


async def give_accounts(emails: Sequence[str]) -> None:
    """Everyone of these can sign in with the password of the local stack; on another platform this does nothing."""
    at = local_description()
    if at is None or client().supabase_url != at["supabase_url"] or not at["users"]:
        return
    from entrypoints.platform import ensure_user  # noqa: PLC0415  - its libraries take a second to load

    password = next(iter(at["users"].values()))["password"]
    for email in emails:
        await ensure_user(at["supabase_url"], at["service_role_key"], email, password)
