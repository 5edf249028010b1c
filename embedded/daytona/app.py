"""The service as one application: routes in one list, one key for all of them, one envelope for every error."""

import asyncio
import contextlib
import hmac
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from embedded.daytona import envelope
from embedded.daytona.api import sandboxes
from embedded.daytona.refusals import Refusal, unsupported
from embedded.daytona.requests import ClientLeft
from embedded.daytona.sandbox import clock
from embedded.daytona.sandbox.registry import Registry
from embedded.daytona.toolbox import downloads, files, process, sessions, uploads

logger = logging.getLogger(__name__)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
_CLIENT_LEFT_STATUS = 499


class Keyed:
    """Lets through what carries the key."""

    def __init__(self, app: ASGIApp, api_key: str) -> None:
        self._app = app
        self._expected = f"Bearer {api_key}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  - ASGI's protocol
        if scope["type"] == "lifespan" or self._is_allowed(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocket(scope, receive, send).close()
        else:
            refusal = Refusal(401, "UNAUTHORIZED", "the API key is missing or wrong")
            await envelope.response(refusal, HTTPConnection(scope))(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        given = dict(scope["headers"]).get(b"authorization", b"")
        return hmac.compare_digest(given, self._expected)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return envelope.response(error, request)


async def _not_served(request: Request, error: Exception) -> Response:
    """No route: a part of Daytona that is left out."""
    what = f"{request.method} {request.url.path}"
    refusal = unsupported(what)
    if isinstance(error, HTTPException) and error.status_code not in (404, 405):
        refusal = Refusal(error.status_code, "HTTP", error.detail)
    return envelope.response(refusal, request)


async def _client_left(_request: Request, _error: Exception) -> Response:
    """Nobody reads this answer."""
    return Response(status_code=_CLIENT_LEFT_STATUS)


async def _crashed(request: Request, _error: Exception) -> Response:
    """A bug of ours; the server's log has its trace."""
    return envelope.response(Refusal(500, "INTERNAL", "the sandbox service failed; its log says why"), request)


async def _no_events(_request: Request) -> Response:
    """The SDK goes on without the event stream when it finds none."""
    return PlainTextResponse("no event stream", status_code=404)


def build(registry: Registry, api_key: str) -> Starlette:
    """The application; its lifespan ends every sandbox."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with registry.serving():
            ticking = asyncio.create_task(clock.run(registry))
            try:
                yield
            finally:
                ticking.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await ticking

    toolbox = [*process.ROUTES, *sessions.ROUTES, *files.ROUTES, *uploads.ROUTES, *downloads.ROUTES]
    app = Starlette(
        routes=[
            Route("/api/socket.io/", _no_events, methods=_METHODS),
            Mount("/api", routes=sandboxes.ROUTES),
            Mount("/toolbox/{sandbox}", routes=toolbox),
        ],
        middleware=[Middleware(Keyed, api_key=api_key)],
        exception_handlers={
            Refusal: _refused,
            HTTPException: _not_served,
            ClientLeft: _client_left,
            Exception: _crashed,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.registry = registry
    return app
