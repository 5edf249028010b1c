"""The platform for programs that send documents of their own, and signing in."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Self
from uuid import UUID

from supabase import AsyncClient, AuthApiError, acreate_client

from fractalops_client import NO_RETRY, FractalOps, FractalOpsError

# What is caught where the platform may say no, or nothing at all; `code` tells which.
RefusedError = FractalOpsError


class Platform:
    """GraphQL as one caller: the administrator, or whoever the token is of. Nothing is sent twice."""

    def __init__(self, client: FractalOps) -> None:
        self._client = client

    @classmethod
    @asynccontextmanager
    async def as_administrator(
        cls, graphql_url: str, admin_secret: str, *, org_id: UUID | None = None
    ) -> AsyncGenerator[Self]:
        """The platform's administrator, acting in an organization if one is named."""
        headers = {} if org_id is None else {"x-hasura-org-id": str(org_id)}
        async with FractalOps(graphql_url, admin_secret=admin_secret, headers=headers, retry=NO_RETRY) as client:
            yield cls(client)

    @classmethod
    @asynccontextmanager
    async def as_bearer(cls, graphql_url: str, token: str) -> AsyncGenerator[Self]:
        """Whoever the access token was issued to."""
        headers = {"Authorization": f"Bearer {token}"}
        async with FractalOps(graphql_url, headers=headers, retry=NO_RETRY) as client:
            yield cls(client)

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of one GraphQL operation.

        Raises:
            RefusedError: with the server's code and words, or UNREACHABLE.
        """
        return await self._client.execute(document, variables=variables)

    async def act(self, action: str, type_name: str, given: dict[str, Any]) -> dict[str, Any]:
        """What a mutation answers: id, command_id and state.

        Raises:
            RefusedError: with the server's code and words.
        """
        document = f"mutation ($input: {type_name}!) {{ {action}(input: $input) {{ id command_id state }} }}"
        return (await self.ask(document, input=given))[action]


async def signed_in(supabase_url: str, anon_key: str, email: str, password: str) -> tuple[AsyncClient, str]:
    """A Supabase client that is signed in, and its access token.

    Raises:
        RefusedError: UNAUTHENTICATED, with the server's words.
    """
    client = await acreate_client(supabase_url, anon_key)
    try:
        answer = await client.auth.sign_in_with_password({"email": email, "password": password})
    except AuthApiError as error:
        raise RefusedError("UNAUTHENTICATED", error.message) from error
    if answer.session is None:
        raise RefusedError("UNAUTHENTICATED", "Signing in gave no session.")
    return client, answer.session.access_token


async def ensure_user(supabase_url: str, service_role_key: str, email: str, password: str) -> None:
    """A user with this email can sign in with this password; one that exists keeps its own."""
    client = await acreate_client(supabase_url, service_role_key)
    try:
        await client.auth.admin.create_user({"email": email, "password": password, "email_confirm": True})
    except AuthApiError as error:
        if error.code != "email_exists":
            raise
