"""The platform as a client sees it: GraphQL as one caller, and signing in."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Self, cast
from uuid import UUID

from gql import Client as GqlClient
from gql import gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from supabase import AsyncClient, AuthApiError, acreate_client

_TIMEOUT_S = 30


class RefusedError(Exception):
    """The platform refused a request; `code` is what machines act on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Platform:
    """GraphQL as one caller: the administrator, or whoever the token is of."""

    def __init__(self, session: AsyncClientSession) -> None:
        self._session = session

    @classmethod
    @asynccontextmanager
    async def as_administrator(
        cls, graphql_url: str, admin_secret: str, *, org_id: UUID | None = None
    ) -> AsyncGenerator[Self]:
        """The platform's administrator, acting in an organization if one is named."""
        headers = {"x-hasura-admin-secret": admin_secret}
        if org_id is not None:
            headers["x-hasura-org-id"] = str(org_id)
        async with cls._connected(graphql_url, headers) as platform:
            yield platform

    @classmethod
    @asynccontextmanager
    async def as_bearer(cls, graphql_url: str, token: str) -> AsyncGenerator[Self]:
        """Whoever the access token was issued to."""
        async with cls._connected(graphql_url, {"Authorization": f"Bearer {token}"}) as platform:
            yield platform

    @classmethod
    @asynccontextmanager
    async def _connected(cls, url: str, headers: dict[str, str]) -> AsyncGenerator[Self]:
        transport = HTTPXAsyncTransport(url=url, headers=headers, timeout=_TIMEOUT_S)
        async with GqlClient(transport=transport, fetch_schema_from_transport=False) as session:
            yield cls(cast("AsyncClientSession", session))

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of one GraphQL operation.

        Raises:
            RefusedError: with the server's code and words, or UNREACHABLE.
        """
        try:
            request = gql(document)
            request.variable_values = variables
            return await self._session.execute(request)
        except TransportQueryError as error:
            first = cast("dict[str, Any]", (error.errors or [{}])[0])
            extensions = cast("dict[str, Any]", first.get("extensions") or {})
            raise RefusedError(str(extensions.get("code", "FAILED")), str(first.get("message", error))) from error
        except (TransportError, OSError) as error:
            raise RefusedError("UNREACHABLE", f"The platform does not answer: {error}") from error

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
