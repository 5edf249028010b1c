"""Serve the gateway in the foreground until SIGTERM.

Reads `DATABASE_URL`, `JWT_SECRET`, `ANON_KEY`, `PORT` (0: a free one), and optionally `SERVICE_ROLE_KEY`, `HOST`,
`ACCESS_TOKEN_HOOK`, `TOKEN_TTL_S`, `REFRESH_TOKEN_REUSE_INTERVAL_S`, `SITE_URL`, the address that tokens name as their
issuer, and the limits `MAX_CONCURRENT_USERS`, `MAX_CHANNELS_PER_CLIENT`, `MAX_JOINS_PER_SECOND`,
`MAX_EVENTS_PER_SECOND` and `MAX_PAYLOAD_SIZE_IN_KB`. Every token of the role `service_role` that is signed with the
secret and is nobody's own is a service key.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from types import FrameType

import uvicorn

from embedded.supabase.app import build
from embedded.supabase.realtime.limits import RealtimeLimits
from embedded.supabase.realtime.transport import DirectWebSocket
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
            # What was loaded so far stays for good; looking through it again and again would make everybody wait.
            gc.collect()
            gc.freeze()
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
        loop="uvloop",
        ws=DirectWebSocket,
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
        service_role_key=os.environ.get("SERVICE_ROLE_KEY") or os.environ["ANON_KEY"],
        public_url=os.environ.get("SITE_URL", address).rstrip("/"),
        token_ttl_s=int(os.environ.get("TOKEN_TTL_S", "3600")),
        reuse_interval_s=int(os.environ.get("REFRESH_TOKEN_REUSE_INTERVAL_S", "0")),
        access_token_hook=os.environ.get("ACCESS_TOKEN_HOOK") or None,
        limits=_limits(),
    )


def _limits() -> RealtimeLimits:
    usual = RealtimeLimits()

    def number(name: str, otherwise: float) -> int:
        return int(os.environ.get(name) or otherwise)

    return replace(
        usual,
        sockets_max=number("MAX_CONCURRENT_USERS", usual.sockets_max),
        channels_max=number("MAX_CHANNELS_PER_CLIENT", usual.channels_max),
        joins_per_s=number("MAX_JOINS_PER_SECOND", usual.joins_per_s),
        messages_per_s=number("MAX_EVENTS_PER_SECOND", usual.messages_per_s),
        payload_max_bytes=number("MAX_PAYLOAD_SIZE_IN_KB", usual.payload_max_bytes / 1000) * 1000,
    )


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


if __name__ == "__main__":
    main()
