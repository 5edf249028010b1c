"""Uvicorn with a ready line, and an end that takes every sandbox along before it waits for requests."""

import socket
from collections.abc import Callable

import uvicorn

from embedded.daytona import app
from embedded.daytona.sandbox.registry import Registry

_SHUTDOWN_S = 3
_KEEP_ALIVE_S = 75


class Server(uvicorn.Server):
    """The service on one address."""

    def __init__(self, registry: Registry, *, on_ready: Callable[[str], None]) -> None:
        settings = registry.settings
        super().__init__(
            uvicorn.Config(
                app.build(registry, settings.api_key),
                host=settings.host,
                port=settings.port,
                log_level="warning",
                timeout_graceful_shutdown=_SHUTDOWN_S,
                timeout_keep_alive=_KEEP_ALIVE_S,
                # The SDK pings every 20 s.
                ws_ping_interval=None,
                server_header=False,
            )
        )
        self._registry = registry
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say where."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._on_ready(f"http://{host}:{port}/api")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the sandboxes first: requests that wait for them then end by themselves."""
        await self._registry.close()
        await super().shutdown(sockets)
