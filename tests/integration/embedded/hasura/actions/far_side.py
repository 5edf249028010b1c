"""The far side of the actions: real HTTP, and a script for every path."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Answer = tuple[int, Any]
Reply = Callable[["Asked"], Answer | Awaitable[Answer]]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text) if self.text else None


@dataclass
class FarSide:
    """Keeps what it was asked, and answers as it was told to for the path."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    answer_headers: list[tuple[str, str]] = field(default_factory=list)

    def forget(self) -> None:
        self.asked.clear()
        self.replies.clear()
        self.answer_headers.clear()

    def at(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Asked(request.method, request.path, request.query_string, headers, await request.text())
        self.asked.append(asked)
        made = self.replies[request.path](asked)
        status, body = await made if isinstance(made, Awaitable) else made
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = web.Response(body=content, status=status, content_type="application/json")
        for name, value in self.answer_headers:
            response.headers.add(name, value)
        return response


def reply(body: Any, status: int = 200) -> Reply:
    return lambda _: (status, body)


def slow(body: Any, delay_s: float) -> Reply:
    async def answer(_: Asked) -> Answer:
        await asyncio.sleep(delay_s)
        return 200, body

    return answer


@asynccontextmanager
async def running_far_side() -> AsyncGenerator[FarSide]:
    far = FarSide()
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", far.answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    far.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield far
    finally:
        await runner.cleanup()
