"""POST /v1/graphql: one request or a batch of them; the status is always 200."""

import asyncio
import json
from typing import Any, cast

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from embedded.hasura.api.wrapper import body_json, text_response
from embedded.hasura.auth.identity import Authenticator, Identity
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.compile import Request


class GraphqlEndpoint:
    """Answers GraphQL requests over HTTP."""

    def __init__(self, engine: Engine, authenticator: Authenticator) -> None:
        self._engine = engine
        self._authenticator = authenticator
        self._limits = engine.settings.limits

    async def __call__(self, request: HttpRequest) -> Response:
        """The answer to whatever was posted."""
        who: Identity | None = None
        cookies: list[str] = []
        try:
            headers = dict(request.headers.items())
            who = self._authenticator.identify(headers)
            body = await body_json(request, self._limits.body_bytes_max)
            client = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
            if isinstance(body, list):
                text = await self._batch(cast("list[Any]", body), who, client, cookies)
            else:
                text = await self._one(body, who, client, cookies)
        except EngineError as error:
            text = self._failed(error, who)
        response = text_response(text)
        for cookie in cookies:
            response.headers.append("set-cookie", cookie)
        return response

    async def _batch(self, bodies: list[Any], who: Identity, client: list[tuple[str, str]], cookies: list[str]) -> str:
        if len(bodies) > self._limits.batch_max:
            message = f"a batch may hold at most {self._limits.batch_max} requests"
            raise EngineError("validation-failed", message)
        return "[" + ",".join([await self._one(body, who, client, cookies) for body in bodies]) + "]"

    async def _one(self, body: Any, who: Identity, client: list[tuple[str, str]], cookies: list[str]) -> str:
        try:
            request = graphql_request(body)
            async with asyncio.timeout(self._limits.timeout_ms / 1000 * 2):
                answer = await self._engine.answer(request, who, client)
        except EngineError as error:
            return self._failed(error, who)
        except TimeoutError:
            return self._failed(EngineError("timeout", "the request took too long"), who)
        cookies.extend(answer.cookies)
        return '{"data":' + answer.data + "}"

    def _failed(self, error: EngineError, who: Identity | None) -> str:
        shown = error.as_graphql(internals_shown=self._engine.shows_internals(who))
        return json.dumps({"errors": [shown]}, ensure_ascii=False, separators=(",", ":"))


def graphql_request(body: Any) -> Request:
    """The request that a JSON body holds.

    Raises:
        EngineError: parse-failed.
    """
    if not isinstance(body, dict):
        raise EngineError("parse-failed", "parsing Object failed, expected Object")
    given = cast("dict[str, Any]", body)
    if "query" not in given:
        raise EngineError("parse-failed", "the key 'query' was not present")
    query, variables, name = given["query"], given.get("variables"), given.get("operationName")
    if not isinstance(query, str):
        raise EngineError("parse-failed", "parsing Text failed, expected String", path="$.query")
    if variables is not None and not isinstance(variables, dict):
        raise EngineError("parse-failed", "parsing HashMap failed, expected Object", path="$.variables")
    if name is not None and not isinstance(name, str):
        raise EngineError("parse-failed", "parsing Text failed, expected String", path="$.operationName")
    return Request(query, cast("dict[str, Any]", variables or {}), name or None)
