"""The official JavaScript clients, as they come from their registry, under Node."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.embedded.hasura.clients.conftest import Library
from tests.integration.embedded.hasura.engine import ADMIN_SECRET

NODE = Path(__file__).parent / "node"
HEADERS = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
WITHIN_S = 30


@dataclass
class Program:
    """A running Node program that tells one JSON line after the other."""

    process: asyncio.subprocess.Process

    async def told(self, kind: str) -> Any:
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), WITHIN_S)
        said = json.loads(line or b"{}")
        assert said.get("kind") == kind, said or "the program ended"
        return said["value"]


@asynccontextmanager
async def running(name: str, url: str) -> AsyncGenerator[Program]:
    process = await asyncio.create_subprocess_exec(
        *("node", name, url, json.dumps(HEADERS)), cwd=NODE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Program(process)
        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_graphql_ws_queries_subscribes_and_is_refused(library: Library):
    async with running("graphql_ws.mjs", library.websocket_url) as program:
        queried = await program.told("query")
        first = await program.told("subscription")
        await library.database.execute("DELETE FROM book WHERE id = 2")
        second = await program.told("subscription")
        refused = await program.told("refused")

    assert queried == first == {"data": {"book": [{"title": "The Dispossessed"}, {"title": "Solaris"}]}}
    assert second == {"data": {"book": [{"title": "The Dispossessed"}]}}
    assert refused[0]["extensions"]["code"] == "validation-failed"


async def test_apollo_queries_changes_caches_and_subscribes(library: Library):
    async with running("apollo.mjs", library.url) as program:
        queried = await program.told("query")
        changed = await program.told("mutation")
        cached = await program.told("cache")
        refused = await program.told("refused")
        first = await program.told("subscription")
        await library.database.execute("DELETE FROM book WHERE id = 1")
        second = await program.told("subscription")

    # Apollo asks for __typename everywhere, by which it knows what it has in its cache already.
    assert queried["book"][0] == {
        "__typename": "book",
        "id": 1,
        "title": "The Dispossessed",
        "author": {"__typename": "author", "id": 1, "name": "Ursula"},
    }
    assert changed["update_book_by_pk"]["title"] == cached == "Fiasco"
    assert refused == {"path": "$.selectionSet.book.selectionSet.colour", "code": "validation-failed"}
    assert (first, second) == (["The Dispossessed", "Fiasco"], ["Fiasco"])
