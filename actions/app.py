"""The server: one route for every action, for callers that bear the action secret."""

import hmac
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict
from typing import Any, cast

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from actions import (
    calls,
    endpoints,
    harness,
    onboarding,
    projections,
    proofs,
    proposals,
    recovery,
    runtimes,
    secrets,
    work,
)
from actions.command import Handler, Reader, Request, answer
from contracts.refusals import Code, Refusal
from contracts.registry import ACTIONS
from ledger.pool import Pool, answers

_log = logging.getLogger(__name__)

# Hasura's own limit on an action's answer is far above; on the way in, a patch never travels as input.
BODY_BYTES_MAX = 1_048_576
SECRET_HEADER = "x-fractalops-action-secret"  # noqa: S105  - a header's name

HANDLERS: dict[str, Handler | Reader] = {
    name: handler
    for feature in (
        *(onboarding, endpoints, secrets, runtimes, work, calls, harness, proposals, proofs, projections),
        recovery,
    )
    for name, handler in feature.HANDLERS.items()
}


def build(connect: Callable[[], AbstractAsyncContextManager[Pool]], *, action_secret: str) -> Starlette:
    """The server over a pool that lives as long as it does."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with connect() as pool:
            app.state.pool = pool
            yield

    app = Starlette(
        lifespan=lifespan,
        routes=[
            Route("/healthz", health, methods=["GET"]),
            Route("/actions/{name}", handle, methods=["POST"]),
        ],
    )
    app.state.action_secret = action_secret.encode()
    return app


async def health(request: HttpRequest) -> Response:
    """Whether Postgres answers: 200 if it does, 503 if not."""
    try:
        await answers(request.app.state.pool)
    except Refusal as refusal:
        return PlainTextResponse(refusal.message, status_code=503)
    return PlainTextResponse("OK")


async def handle(http: HttpRequest) -> Response:
    """The answer of one action, or `{message, extensions: {code, retry, faults}}` as Hasura passes it on."""
    given = http.headers.get(SECRET_HEADER, "").encode()
    if not hmac.compare_digest(given, http.app.state.action_secret):
        return _refused(Refusal(Code.UNAUTHENTICATED, "The action secret is missing or wrong."), status=401)
    try:
        request = await _read(http)
        answered = await answer(http.app.state.pool, request, HANDLERS[request.action.name])
    except Refusal as refusal:
        return _refused(refusal)
    except Exception:  # noqa: BLE001  - the edge: what is not a refusal is a fault of ours
        # Logged whole, told without its insides.
        _log.exception("The action %s failed.", http.path_params["name"])
        return _refused(Refusal(Code.INTERNAL, "Something went wrong on our side; nothing was recorded.", retry=True))
    return Response(json.dumps(answered), media_type="application/json")


async def _read(http: HttpRequest) -> Request:
    name = http.path_params["name"]
    if name not in ACTIONS:
        raise Refusal(Code.UNKNOWN_ACTION, f"There is no action {name!r}.")
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise Refusal(Code.INVALID_INPUT, f"The request is larger than {BODY_BYTES_MAX} bytes.")
    try:
        parsed = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise Refusal(Code.INVALID_INPUT, "The request is not JSON.") from error
    given, session = _member(parsed, "input"), _member(parsed, "session_variables")
    return Request(ACTIONS[name], given, session, http.headers.get("traceparent"))


def _member(parsed: object, name: str) -> dict[str, Any]:
    found = cast("dict[str, Any]", parsed).get(name) if isinstance(parsed, dict) else None
    if not isinstance(found, dict):
        raise Refusal(Code.INVALID_INPUT, f"The request has no object {name!r}.")
    return cast("dict[str, Any]", found)


def _refused(refusal: Refusal, *, status: int = 400) -> Response:
    extensions: dict[str, Any] = {"code": refusal.code, "retry": refusal.retry}
    if refusal.faults:
        extensions["faults"] = [asdict(fault) for fault in refusal.faults]
    return Response(
        json.dumps({"message": refusal.message, "extensions": extensions}), status, media_type="application/json"
    )
