"""The bare SQL behind the engine's own HTTP server: `python -m tests.bench.engine.peers.bare FORM FRAME`.

FORM is `text` or `json` (how the statements write JSON), FRAME `asgi` (a plain application) or `starlette`. There is no
GraphQL, no permission and no error handling: what is left is what a hand-written endpoint cannot do without.
"""

import json
import sys
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.bench.engine.peers.serving import Application, Pool, run
from tests.bench.engine.questions import QUESTIONS


def plain(pool: Pool, form: str) -> Application:
    """One endpoint for each question, as a plain ASGI application."""
    known = {f"/{q.name}": (q.sql(form), q.variable, f'{{"data":{{"{q.root}":'.encode()) for q in QUESTIONS}

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        statement, variable, before = known[scope["path"]]
        message = await receive()
        body = message["body"]
        while message.get("more_body", False):
            message = await receive()
            body += message["body"]
        text = await pool.fetchval(statement, json.loads(body)[variable])
        content = before + text.encode() + b"}}"
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    return answer


def starlette(pool: Pool, form: str) -> Application:
    """The same endpoints as Starlette's routes."""

    def endpoint(statement: str, variable: str, root: str) -> Any:
        async def answer(request: Request) -> Response:
            text = await pool.fetchval(statement, (await request.json())[variable])
            return Response('{"data":{"' + root + '":' + text + "}}", media_type="application/json")

        return answer

    routes = [Route(f"/{q.name}", endpoint(q.sql(form), q.variable, q.root), methods=["POST"]) for q in QUESTIONS]
    return Starlette(routes=routes)


FRAMES = {"asgi": plain, "starlette": starlette}


async def _made(pool: Pool) -> Application:
    form, frame = sys.argv[1:3]
    return FRAMES[frame](pool, form)


if __name__ == "__main__":
    run(_made)
