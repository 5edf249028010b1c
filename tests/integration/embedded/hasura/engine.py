"""A running engine for tests: the real process, its real HTTP, and a real handler for its actions."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
from aiohttp import web

ADMIN_SECRET = "let-me-in"
READY_WITHIN_S = 30


@dataclass
class Handler:
    """The far side of the actions: keeps what it was sent and answers what `reply` says."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    reply: Any = None
    delay_s: float = 0
    answer_headers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(await request.json())
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.delay_s)
        return web.json_response(self.reply, status=self.status, headers=self.answer_headers)


@asynccontextmanager
async def running_handler() -> AsyncGenerator[Handler]:
    handler = Handler()
    app = web.Application()
    app.router.add_post("/{any}", handler.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    handler.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield handler
    finally:
        await runner.cleanup()


@dataclass
class Engine:
    """A client of a running engine, and its process."""

    client: httpx.AsyncClient
    process: asyncio.subprocess.Process

    async def ask(self, query: str, /, role: str | None = None, **session: str) -> dict[str, Any]:
        return await self.post({"query": query}, role, **session)

    async def post(self, body: Any, role: str | None = None, **session: str) -> Any:
        headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
        if role is not None:
            headers["X-Hasura-Role"] = role
        for name, value in session.items():
            headers["X-Hasura-" + name.replace("_", "-")] = value
        answer = await self.client.post("/v1/graphql", json=body, headers=headers)
        assert answer.status_code == 200
        return answer.json()

    async def command(self, kind: str, args: Any, path: str = "/v1/metadata", **more: Any) -> httpx.Response:
        headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
        return await self.client.post(path, json={"type": kind, "args": args, **more}, headers=headers)


@asynccontextmanager
async def metadata_database(database_url: str) -> AsyncGenerator[str]:
    """A metadata database of its own, so that engines on one database keep their metadata to themselves."""
    name = f"metadata_{uuid4().hex}"
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
        yield database_url.rsplit("/", 1)[0] + f"/{name}"
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await connection.close()


def environment_of(database_url: str, **settings: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HASURA_GRAPHQL_DATABASE_URL": database_url,
        "HASURA_GRAPHQL_ADMIN_SECRET": ADMIN_SECRET,
        "HASURA_GRAPHQL_SERVER_PORT": "0",
        **settings,
    }


@asynccontextmanager
async def running_engine(database_url: str, **settings: str) -> AsyncGenerator[Engine]:
    """An engine with metadata of its own, unless it is told where to keep it."""
    if "HASURA_GRAPHQL_METADATA_DATABASE_URL" in settings:
        async with _started(database_url, settings) as engine:
            yield engine
        return
    async with (
        metadata_database(database_url) as url,
        _started(database_url, {**settings, "HASURA_GRAPHQL_METADATA_DATABASE_URL": url}) as engine,
    ):
        yield engine


@asynccontextmanager
async def _started(database_url: str, settings: Mapping[str, str]) -> AsyncGenerator[Engine]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "embedded.hasura"),
        env=environment_of(database_url, **settings),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN_S)
        assert line.startswith(b"ready http://"), line
        url = line.decode().split()[1]
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield Engine(client, process)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)
