"""A gateway in a process of its own, and official clients that listen to it."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import jwt
from realtime import AsyncRealtimeChannel, RealtimeSubscribeStates
from supabase import AsyncClient, AsyncClientOptions, acreate_client

from tests.support.waiting import answers, free_port, until

SECRET = "a-secret-for-tests-that-is-long-enough-for-sha-256"
ROOT = Path(__file__).parents[4]


def token(role: str, *, ttl_s: float = 3600, **claims: Any) -> str:
    return jwt.encode({"role": role, "exp": int(time.time() + ttl_s), **claims}, SECRET, "HS256")


ANON_KEY = token("anon", ttl_s=10**8)
SERVICE_KEY = token("service_role", ttl_s=10**8)


@dataclass
class Gateway:
    """One gateway process; the port stays the same over restarts."""

    database_url: str
    port: int
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> str:
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "JWT_SECRET": SECRET,
            "ANON_KEY": ANON_KEY,
            "SERVICE_ROLE_KEY": SERVICE_KEY,
            "PORT": str(self.port),
            **self.extra,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "embedded.supabase"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = await asyncio.wait_for(asyncio.to_thread(self.process.stdout.readline), 30)
        assert answers(self.port)
        return line.strip()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=15)

    async def client(self, key: str = ANON_KEY) -> AsyncClient:
        options = AsyncClientOptions(auto_refresh_token=False, persist_session=False)
        return await acreate_client(self.url, key, options)


@contextlib.asynccontextmanager
async def running_gateway(database_url: str, **extra: str) -> AsyncGenerator[Gateway]:
    gateway = Gateway(database_url, free_port(), extra)
    await gateway.start()
    try:
        yield gateway
    finally:
        if gateway.process is not None and gateway.process.poll() is None:
            gateway.stop()


def member(org_id: str, *, ttl_s: float = 3600, role: str = "authenticated") -> str:
    return token(role, ttl_s=ttl_s, org_id=org_id, sub=str(uuid.uuid4()))


@dataclass
class Listener:
    """A channel and all that it heard."""

    client: AsyncClient
    channel: AsyncRealtimeChannel
    events: list[dict[str, Any]] = field(default_factory=list)
    states: list[RealtimeSubscribeStates] = field(default_factory=list)
    system: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def joining(
        cls, gateway: Gateway, table: str, bearer: str, *, event: str = "*", where: str | None = None
    ) -> "Listener":
        client = await gateway.client()
        await client.realtime.set_auth(bearer)
        listener = cls(client, client.channel(f"topic-{uuid.uuid4().hex[:6]}"))
        channel = listener.channel.on_postgres_changes(
            cast("Any", event), cast("Any", listener.events.append), table=table, schema="public", filter=where
        )
        channel.on_system(lambda message: listener.system.append(dict(message)))
        await channel.subscribe(lambda state, _error: listener.states.append(state))
        return listener

    @property
    def data(self) -> list[dict[str, Any]]:
        return [event["data"] for event in self.events]

    async def heard(self, count: int, *, within_s: float = 10) -> list[dict[str, Any]]:
        await until(lambda: len(self.events) >= count, within_s=within_s, what=f"{count} events")
        return self.data

    async def subscribed(self, times: int = 1, *, within_s: float = 15) -> None:
        def confirmations() -> int:
            return sum(message["message"] == "Subscribed to PostgreSQL" for message in self.system)

        await until(lambda: confirmations() >= times, within_s=within_s, what="the subscription")

    async def close(self) -> None:
        with contextlib.suppress(Exception):
            await self.client.realtime.close()
