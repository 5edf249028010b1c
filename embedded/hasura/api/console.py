"""GraphiQL at /console, from this machine: the page stands in `console/`, its libraries come by npm at set-up."""

import asyncio
from pathlib import Path

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from embedded.hasura.api.admin import refused
from embedded.hasura.errors import EngineError

FOLDER = Path(__file__).parent.parent / "console"

_INSTALLED = FOLDER / "node_modules"
_LIBRARIES = {
    "react.js": "react/umd/react.production.min.js",
    "react-dom.js": "react-dom/umd/react-dom.production.min.js",
    "graphiql.js": "graphiql/graphiql.min.js",
    "graphiql.css": "graphiql/graphiql.min.css",
    "explorer.js": "@graphiql/plugin-explorer/dist/index.umd.js",
    "explorer.css": "@graphiql/plugin-explorer/dist/style.css",
    "graphql-ws.js": "graphql-ws/umd/graphql-ws.min.js",
}
_OWN = ("page.js", "page.css")
_TYPES = {".js": "text/javascript", ".css": "text/css"}

# The page asks this engine and nobody else; GraphiQL's editor writes styles into the page.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' data:; connect-src 'self' ws: wss:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}


class Console:
    """The page and its files; `assets` is a folder that holds the libraries instead of the installed ones."""

    def __init__(self, assets: Path | None) -> None:
        libraries = assets or _INSTALLED
        self._files = {name: libraries / path for name, path in _LIBRARIES.items()}
        self._files.update({name: FOLDER / name for name in _OWN})
        self._read: dict[str, bytes] = {}

    def routes(self) -> list[Route]:
        """Where the console is."""
        return [
            Route("/", self._to_page, methods=["GET"]),
            Route("/console", self._page, methods=["GET"]),
            Route("/console/assets/{name}", self._asset, methods=["GET"]),
            Route("/console/{rest:path}", self._page, methods=["GET"]),
        ]

    async def _to_page(self, request: HttpRequest) -> Response:
        del request
        return RedirectResponse("/console", 302)

    async def _page(self, request: HttpRequest) -> Response:
        del request
        missing = sorted(name for name, file in self._files.items() if not file.exists())
        if missing:
            message = f"the console is not installed ({', '.join(missing)}): run `make setup` where the engine stands"
            return refused(EngineError("not-found", message))
        content = await asyncio.to_thread((FOLDER / "page.html").read_bytes)
        return Response(content, media_type="text/html", headers=_HEADERS)

    async def _asset(self, request: HttpRequest) -> Response:
        name: str = request.path_params["name"]
        file = self._files.get(name)
        if file is None or not file.exists():
            return refused(EngineError("not-found", "resource does not exist"))
        if name not in self._read:
            self._read[name] = await asyncio.to_thread(file.read_bytes)
        headers = {**_HEADERS, "Cache-Control": "max-age=3600"}
        return Response(self._read[name], media_type=_TYPES[file.suffix], headers=headers)
