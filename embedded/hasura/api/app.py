"""The routes, in one list."""

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from embedded.hasura.api.admin import AdminEndpoints, refused
from embedded.hasura.api.console import Console
from embedded.hasura.api.cors import Origins
from embedded.hasura.api.graphql import GraphqlEndpoint, always_ok, its_own
from embedded.hasura.api.hot import HotPath
from embedded.hasura.api.websocket.endpoint import WebsocketEndpoint
from embedded.hasura.api.wrapper import Envelope
from embedded.hasura.auth.identity import Authenticator
from embedded.hasura.auth.known import KnownCallers
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError


def application(engine: Engine) -> ASGIApp:
    """An open engine as an ASGI application.

    Raises:
        WrongSettingError: if the origins that may ask make no sense.
    """
    settings = engine.settings
    origins = Origins.of(settings)
    authenticator = Authenticator(settings.admin_secret, engine.tokens, settings.unauthorized_role)
    graphql = GraphqlEndpoint(engine, authenticator, always_ok)
    with_status = GraphqlEndpoint(engine, authenticator, its_own)
    admin = AdminEndpoints(engine, authenticator)

    websockets = WebsocketEndpoint(engine, authenticator, origins)

    everyone = [
        Route("/v1/version", admin.version, methods=["GET"]),
        Route("/healthz", admin.health, methods=["GET"]),
        Route("/hasura/healthz", admin.health, methods=["GET"]),
        WebSocketRoute("/{path:path}", websockets.refuse),
    ]
    by_api = {
        "graphql": [
            Route("/v1/graphql", graphql.answer, methods=["POST"]),
            WebSocketRoute("/v1/graphql", websockets.serve),
            Route("/v1alpha1/graphql", with_status.answer, methods=["POST"]),
        ],
        "metadata": [
            Route("/v1/metadata", admin.commands, methods=["POST"]),
            Route("/v1/query", admin.commands, methods=["POST"]),
            Route("/v2/query", admin.commands, methods=["POST"]),
            Route("/v1/graphql/explain", admin.explain, methods=["POST"]),
            Route("/v1alpha1/graphql/explain", admin.explain, methods=["POST"]),
        ],
        "config": [Route("/v1alpha1/config", admin.config, methods=["GET"])],
    }
    routes = [route for api, those in by_api.items() if api in settings.apis for route in those]
    if settings.console and "metadata" in settings.apis:
        routes += Console(settings.console_assets_dir).routes()
    handlers = {404: _missing, 405: _missing, 500: _broken}
    app = Starlette(routes=[*routes, *everyone], exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Envelope(HotPath(app, engine, KnownCallers(authenticator), graphql), origins)


async def _missing(request: HttpRequest, error: Exception) -> Response:
    del request, error
    return refused(EngineError("not-found", "resource does not exist"))


async def _broken(request: HttpRequest, error: Exception) -> Response:
    del request, error
    return refused(EngineError("internal-error", "internal error"))
