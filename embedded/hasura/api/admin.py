"""The endpoints of administrators: metadata commands, SQL, configuration."""

from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response

from embedded.hasura.actions.payload import VERSION
from embedded.hasura.api.request import explain_request
from embedded.hasura.api.wrapper import body_json, json_response
from embedded.hasura.auth.identity import Authenticator
from embedded.hasura.commands.dispatch import answer
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import Polling


class AdminEndpoints:
    """Answers administrators, and everyone about health and version."""

    def __init__(self, engine: Engine, authenticator: Authenticator) -> None:
        self._engine = engine
        self._authenticator = authenticator

    async def commands(self, request: HttpRequest) -> Response:
        """The answer to a command posted to /v1/metadata, /v1/query or /v2/query."""
        try:
            self._admin_only(request)
            body = await body_json(request, self._engine.settings.limits.body_bytes_max)
            return json_response(await answer(self._engine, body))
        except EngineError as error:
            return refused(error)

    async def explain(self, request: HttpRequest) -> Response:
        """How Postgres would carry out a GraphQL request, for anyone the administrator names."""
        try:
            self._for_admin(request)
            body = await body_json(request, self._engine.settings.limits.body_bytes_max)
            asked, who = explain_request(body)
            return json_response(await self._engine.explain(asked, who))
        except EngineError as error:
            return refused(error)

    async def config(self, request: HttpRequest) -> Response:
        """How the engine is set up, as the console asks for it."""
        try:
            self._for_admin(request)
        except EngineError as error:
            return refused(error)
        return json_response(self._config())

    def _config(self) -> dict[str, Any]:
        settings = self._engine.settings
        return {
            "version": VERSION,
            "is_function_permissions_inferred": settings.function_permissions_inferred,
            "is_remote_schema_permissions_enabled": False,
            "is_admin_secret_set": settings.admin_secret is not None,
            "is_auth_hook_set": False,
            "is_jwt_set": bool(settings.jwts),
            "jwt": [_shown(jwt) for jwt in settings.jwts],
            "is_allow_list_enabled": settings.allow_list_enforced,
            "live_queries": _polling(settings.live_queries),
            "streaming_queries": _polling(settings.streaming_queries),
            "console_assets_dir": None if settings.console_assets_dir is None else str(settings.console_assets_dir),
            "experimental_features": [],
            "is_prometheus_metrics_enabled": False,
        }

    def _for_admin(self, request: HttpRequest) -> None:
        if not self._authenticator.identify(dict(request.headers.items())).is_admin:
            message = "You have to be an admin to access this endpoint"
            raise EngineError("access-denied", message, status=400)

    def _admin_only(self, request: HttpRequest) -> None:
        who = self._authenticator.identify(dict(request.headers.items()))
        if not who.is_admin:
            raise EngineError("access-denied", "restricted access : admin only", path="$.args", status=400)

    async def version(self, request: HttpRequest) -> Response:
        """Which version the engine claims to be."""
        del request
        return json_response({"version": VERSION, "server_type": "ce"})

    async def health(self, request: HttpRequest) -> Response:
        """Whether the engine can answer: OK, WARN with inconsistent metadata, ERROR without a database."""
        try:
            await self._engine.database.pool.fetchval("SELECT 1")
            await self._engine.store.resource_version()
        except Exception:  # noqa: BLE001  - whatever keeps the database from answering, the answer is the same
            return PlainTextResponse("ERROR", 500)
        if not self._engine.state.tracked.inconsistent:
            return PlainTextResponse("OK")
        if request.query_params.get("strict") == "true":
            return PlainTextResponse("ERROR: inconsistent objects in schema", 500)
        return PlainTextResponse("WARN: inconsistent objects in schema")


def refused(error: EngineError) -> Response:
    """An error of any endpoint but GraphQL's."""
    return json_response(error.as_api(), error.status)


def _polling(polling: Polling) -> dict[str, Any]:
    return {"batch_size": polling.batch_max, "refetch_delay": polling.interval_ms / 1000}


def _shown(jwt: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"claims_format": jwt.get("claims_format", "json"), "claims_map": jwt.get("claims_map")}
    if "claims_namespace_path" in jwt:
        return {**shown, "claims_namespace_path": jwt["claims_namespace_path"]}
    return {**shown, "claims_namespace": jwt.get("claims_namespace", "https://hasura.io/jwt/claims")}
