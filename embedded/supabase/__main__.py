"""Serve the gateway in the foreground until SIGTERM.

Reads `DATABASE_URL`, `JWT_SECRET`, `ANON_KEY`, `SERVICE_ROLE_KEY`, `PORT` (0: a free one), and optionally `HOST`,
`ACCESS_TOKEN_HOOK`, `TOKEN_TTL_S` and `SITE_URL`, the address that tokens name as their issuer.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
from types import FrameType

import uvicorn

from embedded.supabase.app import build
from embedded.supabase.realtime.transport import AbortableWebSocket
from embedded.supabase.settings import Settings

_FRAME_MAX_BYTES = 5_000_000
_FAREWELL_S = 3


class _Server(uvicorn.Server):
    """Says where it listens once it does, and then sleeps until it is told to end instead of looking every 0.1 s."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address
        self._ending: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"ready {self._address}\n")
            sys.stdout.flush()

    async def main_loop(self) -> None:
        ending = asyncio.Event()
        self._ending = asyncio.get_running_loop(), ending
        if self.should_exit:
            return
        await ending.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._ending is not None:
            loop, ending = self._ending
            loop.call_soon_threadsafe(ending.set)


def main() -> None:
    """Listen, prepare, serve."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    listener = _listener(os.environ.get("HOST", "127.0.0.1"), int(os.environ["PORT"]))
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        build(_settings(address)),
        loop="asyncio",
        ws=AbortableWebSocket,
        ws_max_size=_FRAME_MAX_BYTES,
        ws_per_message_deflate=False,
        # Clients send heartbeats; a server that pings as well would only wake everybody up.
        ws_ping_interval=None,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        date_header=False,  # uvicorn would have to wake up every second to keep it right
        timeout_graceful_shutdown=_FAREWELL_S,
        lifespan="on",
    )
    server = _Server(config, address)
    # uvicorn ends gracefully and then raises the signal again for whoever was there before.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    server.run(sockets=[listener])
    if not server.started:
        sys.exit(1)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _settings(address: str) -> Settings:
    return Settings(
        database_url=os.environ["DATABASE_URL"],
        jwt_secret=os.environ["JWT_SECRET"],
        anon_key=os.environ["ANON_KEY"],
        service_role_key=os.environ["SERVICE_ROLE_KEY"],
        public_url=os.environ.get("SITE_URL", address).rstrip("/"),
        token_ttl_s=int(os.environ.get("TOKEN_TTL_S", "3600")),
        access_token_hook=os.environ.get("ACCESS_TOKEN_HOOK") or None,
    )


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


if __name__ == "__main__":
    main()
