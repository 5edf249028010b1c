"""The portal process: the built files of `portal/`, the settings a browser needs, and a policy that allows no more."""

import logging
import os
import secrets
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from brotli_asgi import BrotliMiddleware
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import STARTUP_FAILURE

from entrypoints.config import ROOT, Portal
from entrypoints.processes import say_ready, start_logging

DIST = ROOT / "portal" / "dist"

# The build marks with this word what the policy lets in by a number that is new in every answer.
_NONCE_MARK = "CSP_NONCE"
_NONCE_BYTES = 16

# The build puts a digest of the content into the name of every file in assets/, so what has the name never changes.
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"
_NEVER_KEPT = "no-store"
_COMPRESSED_FROM_BYTES = 1024

# Smaller than gzip at its best, and made in half the time.
_BROTLI_QUALITY = 6
_WEBSOCKET_SCHEMES = {"http": "ws", "https": "wss"}

_NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>FractalOps</title></head>
<body>
<h1>The portal is not built yet</h1>
<p>In the project's folder, run <code>make setup</code>, then load this page again.</p>
</body>
</html>
"""

_log = logging.getLogger(__name__)


def build(config: Portal, *, dist: Path = DIST) -> Starlette:
    """The application that serves the files in `dist` to browsers that may speak to the servers in `config`."""
    files = _Files(dist.resolve(), config)

    if not files.are_built:
        _log.warning("%s is missing: run `make setup`. Until then every page says so.", files.page)

    async def settings(_request: Request) -> Response:
        told = {
            "graphql_url": config.graphql_url,
            "supabase_url": config.supabase_url,
            "anon_key": config.anon_key,
        }
        return JSONResponse(told, headers={"cache-control": _NEVER_KEPT})

    return Starlette(
        routes=[
            Route("/config.json", settings),
            Route("/assets/{name:path}", files.asset),
            Route("/{name:path}", files.page_or_file),
        ],
        middleware=[
            Middleware(_SameHeaders, headers=security_headers(config)),
            Middleware(BrotliMiddleware, minimum_size=_COMPRESSED_FROM_BYTES, quality=_BROTLI_QUALITY),
        ],
    )


def security_headers(config: Portal, *, nonce: str | None = None) -> dict[str, str]:
    """What every answer carries: a page runs and shows our files, speaks to three servers, and is framed by nobody.

    With a nonce, styles that bear it are let in as well: those that our own script writes.
    """
    servers = sorted({*_origins(config.graphql_url), *_origins(config.supabase_url)})
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'" if nonce is None else f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data: blob:",
        "connect-src": " ".join(["'self'", *servers]),
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def _origins(url: str) -> tuple[str, str]:
    # The origin of a server, and the same for websockets.
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}", f"{_WEBSOCKET_SCHEMES[parts.scheme]}://{parts.netloc}"


class _Files:
    """The built files; looked up at every request, so that a new build needs no restart."""

    def __init__(self, dist: Path, config: Portal) -> None:
        self._dist = dist
        self._config = config
        self.page = dist / "index.html"

    @property
    def are_built(self) -> bool:
        return self.page.is_file()

    async def asset(self, request: Request) -> Response:
        """A file with a digest in its name, to be kept for ever; never the page in its place."""
        found = self._inside("assets", request.path_params["name"])
        if found is None:
            return PlainTextResponse("No such file.\n", status_code=404, headers={"cache-control": _NEVER_KEPT})
        return FileResponse(found, headers={"cache-control": _FOR_EVER})

    async def page_or_file(self, request: Request) -> Response:
        """A file beside the page, or else the page: which of its views a path means is the page's business."""
        if not self.are_built:
            return HTMLResponse(_NOT_BUILT, status_code=503, headers={"cache-control": _NEVER_KEPT})
        found = self._inside(request.path_params["name"]) or self.page
        if found == self.page:
            nonce = secrets.token_urlsafe(_NONCE_BYTES)
            text = self.page.read_text().replace(_NONCE_MARK, nonce)
            return HTMLResponse(
                text, headers={"cache-control": _ASK_EACH_TIME, **security_headers(self._config, nonce=nonce)}
            )
        return FileResponse(found, headers={"cache-control": _ASK_EACH_TIME})

    def _inside(self, *names: str) -> Path | None:
        if any("\0" in name for name in names):
            return None
        path = self._dist.joinpath(*(name.lstrip("/") for name in names)).resolve()
        return path if path.is_relative_to(self._dist) and path.is_file() else None


class _SameHeaders:
    """Puts the same headers on every answer, whoever gives it, unless the answer has its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in self._headers.items() if name not in headers})
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class _Server(uvicorn.Server):
    """Says that it is ready once it listens, and not if the port is taken."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            say_ready(f"http://{self.config.host}:{self.config.port}")


def main() -> None:
    """Serve until SIGTERM; ends with code 3 if it cannot."""
    start_logging()
    config = Portal.from_environment(os.environ)
    server = _Server(
        uvicorn.Config(
            build(config),
            host=config.host,
            port=config.port,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
        )
    )
    server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)


if __name__ == "__main__":
    main()
