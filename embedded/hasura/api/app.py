"""The routes, in one list."""

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from embedded.hasura.api.admin import AdminEndpoints, refused
from embedded.hasura.api.graphql import GraphqlEndpoint
from embedded.hasura.api.wrapper import Envelope
from embedded.hasura.auth.identity import Authenticator
from embedded.hasura.auth.jwt import JwtVerifier
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError


def application(engine: Engine) -> ASGIApp:
    """An open engine as an ASGI application.

    Raises:
        WrongSettingError: if the JWT configuration makes no sense.
    """
    settings = engine.settings
    verifier = JwtVerifier(settings.jwts[0]) if settings.jwts else None
    authenticator = Authenticator(settings.admin_secret, verifier, settings.unauthorized_role)
    graphql = GraphqlEndpoint(engine, authenticator)
    admin = AdminEndpoints(engine, authenticator)

    async def post_graphql(request: HttpRequest) -> Response:
        return await graphql(request)

    routes = [
        Route("/v1/graphql", post_graphql, methods=["POST"]),
        Route("/v1/metadata", admin.commands, methods=["POST"]),
        Route("/v1/query", admin.commands, methods=["POST"]),
        Route("/v2/query", admin.commands, methods=["POST"]),
        Route("/v1/version", admin.version, methods=["GET"]),
        Route("/v1alpha1/config", admin.config, methods=["GET"]),
        Route("/healthz", admin.health, methods=["GET"]),
        Route("/hasura/healthz", admin.health, methods=["GET"]),
    ]
    handlers = {404: _missing, 405: _missing, 500: _broken}
    return Envelope(Starlette(routes=routes, exception_handlers=handlers), settings)


async def _missing(request: HttpRequest, error: Exception) -> Response:
    del request, error
    return refused(EngineError("not-found", "resource does not exist"))


async def _broken(request: HttpRequest, error: Exception) -> Response:
    del request, error
    return refused(EngineError("internal-error", "internal error"))
