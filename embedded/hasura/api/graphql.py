"""POST /v1/graphql and /v1alpha1/graphql: one request or a batch of them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from embedded.hasura.api.request import graphql_request
from embedded.hasura.api.wrapper import body_json, text_response
from embedded.hasura.auth.identity import Authenticator, Identity
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError

StatusOf = Callable[[EngineError], int]
ClientHeaders = list[tuple[str, str]]


def always_ok(error: EngineError) -> int:
    """200: whatever is wrong with a request, its answer has arrived."""
    del error
    return 200


def its_own(error: EngineError) -> int:
    """The status that says what kind of error it is."""
    return error.status


class GraphqlEndpoint:
    """Answers GraphQL requests over HTTP; `status_of` tells the HTTP status of an error."""

    def __init__(self, engine: Engine, authenticator: Authenticator, status_of: StatusOf) -> None:
        self._engine = engine
        self._authenticator = authenticator
        self._status_of = status_of
        self._limits = engine.settings.limits

    async def answer(self, request: HttpRequest) -> Response:
        """The answer to whatever was posted."""
        who: Identity | None = None
        cookies: list[str] = []
        status = 200
        try:
            headers = dict(request.headers.items())
            who = self._authenticator.identify(headers)
            body = await body_json(request, self._limits.body_bytes_max)
            client = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
            if isinstance(body, list):
                text = await self._batch(cast("list[Any]", body), who, client)
            else:
                text = await self._one(body, who, client, cookies)
        except EngineError as error:
            text, status = self.failed(error, who), self._status_of(error)
        response = text_response(text, status)
        for cookie in cookies:
            response.headers.append("set-cookie", cookie)
        return response

    async def _batch(self, bodies: list[Any], who: Identity, client: ClientHeaders) -> str:
        if len(bodies) > self._limits.batch_max:
            message = f"a batch may hold at most {self._limits.batch_max} requests"
            raise EngineError("validation-failed", message)
        return "[" + ",".join([await self._of_batch(body, who, client) for body in bodies]) + "]"

    async def _of_batch(self, body: Any, who: Identity, client: ClientHeaders) -> str:
        try:
            # As in Hasura, cookies that handlers set for one of many requests are nobody's.
            return await self._one(body, who, client, [])
        except EngineError as error:
            return self.failed(error, who)

    async def _one(self, body: Any, who: Identity, client: ClientHeaders, cookies: list[str]) -> str:
        request = graphql_request(body)
        try:
            async with asyncio.timeout(self._limits.timeout_ms / 1000 * 2):
                answer = await self._engine.answer(request, who, client)
        except TimeoutError:
            raise EngineError("timeout", "the request took too long", status=504) from None
        cookies.extend(answer.cookies)
        return '{"data":' + answer.data + "}"

    def failed(self, error: EngineError, who: Identity | None) -> str:
        """An error as the JSON text of an answer."""
        shown = error.as_graphql(internals_shown=self._engine.shows_internals(who))
        return json.dumps({"errors": [shown]}, ensure_ascii=False, separators=(",", ":"))
