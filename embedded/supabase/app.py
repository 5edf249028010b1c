"""The application: what stands under which path."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route, Router, WebSocketRoute

from embedded.supabase import database
from embedded.supabase.auth import routes as auth_routes
from embedded.supabase.auth.errors import AuthRefusal, answer_bad_text, answer_failure, answer_refusal
from embedded.supabase.auth.gate import ApiKeyGate
from embedded.supabase.auth.hook import Hook
from embedded.supabase.auth.limits import TokenLimit
from embedded.supabase.auth.passwords import Passwords
from embedded.supabase.auth.service import AuthService
from embedded.supabase.realtime import rest
from embedded.supabase.realtime.endpoint import serve_websocket
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.settings import Settings

_EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
_ABSENT = ("rest", "storage", "functions", "graphql", "pg")
_CORS = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["*"],
    allow_headers=["*"],
    expose_headers=["x-total-count", "link", "x-supabase-api-version"],
    max_age=600,
)


def build(settings: Settings) -> Starlette:
    """The gateway, ready to be served; its start prepares the database."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        await database.prepare(settings.database_url)
        pool = await database.open_pool(settings.database_url)
        passwords = Passwords()
        hook = Hook.at(settings.access_token_hook) if settings.access_token_hook else None
        app.state.auth = AuthService(settings, pool, passwords, TokenLimit(), hook)
        app.state.hub = Hub(settings, pool)
        app.state.hub.start()
        try:
            yield
        finally:
            await app.state.hub.stop()
            passwords.close()
            pool.terminate()

    return Starlette(
        routes=_routes(settings),
        middleware=[_CORS],
        exception_handlers={
            AuthRefusal: answer_refusal,
            asyncpg.DataError: answer_bad_text,
            UnicodeError: answer_bad_text,
            # Named, and not left to the last resort, so that browsers are allowed to read the answer.
            asyncpg.PostgresError: answer_failure,
            asyncpg.InterfaceError: answer_failure,
            OSError: answer_failure,
            Exception: answer_failure,
        },
        lifespan=lifespan,
    )


def _routes(settings: Settings) -> list[BaseRoute]:
    keys = frozenset({settings.anon_key, settings.service_role_key})
    return [
        WebSocketRoute("/realtime/v1/websocket", serve_websocket),
        WebSocketRoute("/socket/websocket", serve_websocket),
        Mount("/realtime/v1", routes=rest.ROUTES),
        Mount("/auth/v1", app=ApiKeyGate(Router(auth_routes.ROUTES), keys, settings.jwt_secret)),
        *(Route(f"/{name}/v1/{{path:path}}", _not_supported, methods=_EVERY_METHOD) for name in _ABSENT),
        Route("/healthcheck", _alive),
    ]


async def _not_supported(request: Request) -> JSONResponse:
    message = f"{request.url.path} is not supported by the embedded gateway"
    hint = "The gateway serves /auth/v1 and /realtime/v1 only."
    return JSONResponse({"code": "not_supported", "message": message, "details": None, "hint": hint}, 501)


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})
