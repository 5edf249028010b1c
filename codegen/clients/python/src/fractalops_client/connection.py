"""The client beneath the generated methods: one way to send an operation, and one to subscribe."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from types import TracebackType
from typing import Any, Self, cast

from gql import GraphQLRequest
from gql.transport.exceptions import TransportError, TransportServerError
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import ExecutionResult
from pydantic_core import to_jsonable_python

from fractalops_client.credentials import REFUSED_TOKEN, Credentials, TokenProvider
from fractalops_client.documents import Document
from fractalops_client.errors import Refused, Unreachable, may_pass_later, refusal
from fractalops_client.generated.base_model import UNSET, BaseModel
from fractalops_client.retry import RECONNECT, Retry
from fractalops_client.streams import Stream

_TIMEOUT_S = 30.0


class Connection:
    """A connection to one platform, as one caller; use it as `async with`, from one event loop."""

    def __init__(
        self,
        url: str,
        *,
        token: TokenProvider | None = None,
        admin_secret: str | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
        reconnect: Retry = RECONNECT,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        """Nothing is sent before the first request.

        `url` is the platform's GraphQL address; subscriptions use the same over a websocket. `token` is asked for an
        access token at first and again whenever the platform refuses the one it gave.
        """
        secret = {} if admin_secret is None else {"x-hasura-admin-secret": admin_secret}
        self._url = url
        self._credentials = Credentials({**(headers or {}), **secret}, token)
        self._retry = retry or Retry()
        self._reconnect = reconnect
        self._transport = HTTPXAsyncTransport(url=url, timeout=timeout_s)
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections; safe to repeat."""
        await self._transport.close()

    async def execute(
        self, query: str, operation_name: str | None = None, variables: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The data of one query or mutation.

        It is sent again when no answer came or the platform says that it may pass later; a mutation only if it carries
        an idempotency key, so that it happens once however often it is sent.

        Raises:
            Refused: with the platform's code and words.
            Unreachable: if no answer came in as many attempts as `retry` has.
        """
        given = _jsonable(variables)
        request = GraphQLRequest(query, variable_values=given, operation_name=operation_name)
        may_repeat = Document(request.document).is_repeatable(given)
        for delay_s in self._retry.delays_s():
            try:
                return await self._answer(request)
            except Refused as error:
                if not error.retry:
                    raise
            except Unreachable as error:
                if not (may_repeat and error.may_pass_later):
                    raise
            await asyncio.sleep(delay_s)
        return await self._answer(request)

    def get_data(self, response: dict[str, Any]) -> dict[str, Any]:
        """The data of an answer; `execute` gives nothing else."""
        return response

    async def execute_ws(
        self, query: str, operation_name: str | None = None, variables: Mapping[str, Any] | None = None
    ) -> AsyncGenerator[dict[str, Any]]:
        """The data of a subscription, each time it comes; over a websocket of its own.

        A broken connection or an ended token is made good unseen: a live query begins with what holds then, and a
        stream goes on behind the last row that was given.

        Raises:
            Refused: with the platform's code and words.
            Unreachable: if no connection lasted in as many attempts in a row as `reconnect` has.
        """
        request = GraphQLRequest(query, variable_values=_jsonable(variables), operation_name=operation_name)
        stream = Stream(self._url, self._credentials, self._reconnect, request)
        async with aclosing(stream.data()) as answers:
            async for data in answers:
                yield data

    async def _answer(self, request: GraphQLRequest) -> dict[str, Any]:
        headers = await self._credentials.headers()
        try:
            return await self._sent(request, headers)
        except Refused as error:
            if error.code not in REFUSED_TOKEN or not self._credentials.has_provider:
                raise
        self._credentials.refused(headers)
        return await self._sent(request, await self._credentials.headers())

    async def _sent(self, request: GraphQLRequest, headers: dict[str, str]) -> dict[str, Any]:
        await self._open()
        try:
            result = await self._transport.execute(request, extra_args={"headers": headers})
        except TransportServerError as error:
            passes = error.code is None or may_pass_later(error.code)
            raise Unreachable(f"The platform does not answer: {error}", may_pass_later=passes) from error
        except (TransportError, TypeError, AttributeError) as error:
            # Answers that are JSON but no object reach us as the latter two.
            raise Unreachable(f"The platform does not answer: {error}") from error
        return _data(result)

    async def _open(self) -> None:
        async with self._opening:
            if self._transport.client is None:
                await self._transport.connect()


def _data(result: ExecutionResult) -> dict[str, Any]:
    if result.errors:
        raise refusal(result.errors)
    if not isinstance(result.data, dict):
        raise Unreachable("The platform's answer holds no data.")
    return result.data


def _jsonable(variables: Mapping[str, Any] | None) -> dict[str, Any]:
    # What was left out of an input is left out of what is sent: null is something else.
    said = {name: value for name, value in (variables or {}).items() if value is not UNSET}
    return {name: to_jsonable_python(_plain(value)) for name, value in said.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return [_plain(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
