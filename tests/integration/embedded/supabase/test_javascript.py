"""The gateway through the official JavaScript client."""
# ruff: noqa: S608  - the tables' names are made by the fixtures

import asyncio
import json
import tempfile
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

import asyncpg
import pytest

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import ANON_KEY, ROOT, Gateway, member, running_gateway
from tests.integration.embedded.supabase.test_auth import PASSWORD, new_user
from tests.support.postgres import scratch_database

KIT = Path(__file__).parent / "javascript" / "kit.mjs"
WITHIN_S = 40


class Script:
    """A scenario that is under way; `complaints` is the file of what the process wrote to its standard error."""

    def __init__(self, process: Process, complaints: IO[bytes]) -> None:
        self._process = process
        self._complaints = complaints

    async def says(self) -> Any:
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), WITHIN_S)
        except TimeoutError as error:
            raise AssertionError(f"Node said nothing for {WITHIN_S} s: {self._complained()}") from error
        if not line:
            code = await self._process.wait()
            raise AssertionError(f"Node ended with {code} (negative: by that signal): {self._complained()}")
        return json.loads(line)

    def _complained(self) -> str:
        self._complaints.seek(0)
        return self._complaints.read()[-4000:].decode(errors="replace") or "nothing on standard error"

    async def ask(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(b"go on\n")

    async def found(self) -> Any:
        answer = await self.says()
        assert "found" in answer, answer
        return answer["found"]


@asynccontextmanager
async def script(gateway: Gateway, scenario: str, **given: Any) -> AsyncGenerator[Script]:
    modules = str(ROOT / "portal" / "package.json")
    told = {"modules": modules, "url": gateway.url, "key": ANON_KEY, "scenario": scenario, **given}
    with tempfile.TemporaryFile() as complaints:
        process = await asyncio.create_subprocess_exec(
            "node", str(KIT), stdin=PIPE, stdout=PIPE, stderr=complaints, limit=2**26
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(told).encode() + b"\n")
        try:
            yield Script(process, complaints)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def test_changes_have_the_shapes_that_the_client_documents(gateway, note, sql):
    async with script(gateway, "shapes", table=note, token=member("a"), count=3) as running:
        assert await running.says() == "ready"
        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', 'first', 1.50)")
        await sql.execute(f"UPDATE {note} SET body = NULL")
        await sql.execute(f"DELETE FROM {note}")
        inserted, updated, deleted = await running.found()

    assert [change["eventType"] for change in (inserted, updated, deleted)] == ["INSERT", "UPDATE", "DELETE"]
    assert inserted["new"] == {"id": 1, "org_id": "a", "body": "first", "size": 1.5}
    assert (inserted["old"], inserted["errors"], inserted["schema"], inserted["table"]) == ({}, None, "public", note)
    assert (updated["new"]["body"], updated["old"]) == (None, {"id": 1})
    assert (deleted["new"], deleted["old"]) == ({}, {"id": 1})


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
async def test_a_thousand_updates_arrive_in_order_with_either_serializer(gateway, note, sql, version):
    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', '', 0), (2, 'b', '', 0)")
    given = {"table": note, "token": member("a"), "count": 1000, "version": version}
    async with script(gateway, "order", **given) as running:
        assert await running.says() == "ready"
        for size in range(1, 1001):
            await sql.execute(f"UPDATE {note} SET size = $1", size)
        sizes = await running.found()

    assert sizes == list(range(1, 1001))


async def test_two_hundred_subscribers_each_hear_the_rows_of_their_organization(gateway, note, sql):
    tokens = [member(f"org-{n % 20}") for n in range(200)]
    async with script(gateway, "crowd", table=note, tokens=tokens) as running:
        assert await running.says() == "ready"
        for n in range(200):
            await sql.execute(f"INSERT INTO {note} VALUES ($1, $2, $3)", n, f"org-{n % 20}", f"org-{n % 20} row {n}")
        # Rows come in the order of their commits: who hears of a later one has nothing left to wait for.
        await _last(gateway, note, sql)
        await running.ask()
        heard = await running.found()

    expected = {org: [f"org-{org} row {n}" for n in range(200) if n % 20 == org] for org in range(20)}
    assert heard == [expected[n % 20] for n in range(200)]


async def _last(gateway: Gateway, note: str, sql: asyncpg.Connection) -> None:
    async with script(gateway, "shapes", table=note, token=member("last"), count=1) as running:
        assert await running.says() == "ready"
        await sql.execute(f"INSERT INTO {note} VALUES (1000, 'last')")
        await running.found()


async def test_a_session_is_refreshed_under_a_channel_that_goes_on(gateway, sql):
    table, user = f"mine_{uuid.uuid4().hex[:8]}", await new_user(gateway)
    await sql.execute(
        f"CREATE TABLE {table} (id int PRIMARY KEY, owner uuid); ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY own ON {table} USING (owner = (SELECT auth.uid())); GRANT SELECT ON {table} TO authenticated;"
        f"ALTER PUBLICATION supabase_realtime ADD TABLE {table}"
    )
    async with script(gateway, "session", email=user.email, password=PASSWORD, table=table) as running:
        assert await running.says() == "ready"
        await sql.execute(f"INSERT INTO {table} VALUES (1, $1), (2, gen_random_uuid())", uuid.UUID(user.id))
        assert await running.says() == "again"
        await sql.execute(f"INSERT INTO {table} VALUES (3, $1)", uuid.UUID(user.id))
        found = await running.found()

    assert found == {"rotated": True, "email": user.email, "rows": 2, "out": None}


async def test_a_token_that_runs_out_closes_the_channel_in_words(gateway, note):
    async with script(gateway, "expiry", table=note, token=member("a", ttl_s=3)) as running:
        found = await running.found()

    assert found["states"] == ["SUBSCRIBED", "CLOSED"]
    assert found["last"]["message"].startswith("Token has expired")


async def test_a_client_comes_back_after_the_gateway_was_killed(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"back_{uuid.uuid4().hex[:8]}")
    connection = await asyncpg.connect(database_url)
    async with running_gateway(database_url) as gateway:
        await connection.execute("CREATE TABLE row (id int PRIMARY KEY)")
        await connection.execute(
            "GRANT SELECT ON row TO authenticated; ALTER PUBLICATION supabase_realtime ADD TABLE row"
        )
        async with script(gateway, "reconnect", table="row", token=member("a")) as running:
            assert await running.says() == "ready"
            assert gateway.process is not None
            gateway.process.kill()
            gateway.process.wait()
            await connection.execute("INSERT INTO row VALUES (1)")
            await gateway.start()
            assert await running.says() == "again"
            await connection.execute("INSERT INTO row VALUES (2)")
            assert await running.found() == [2], "what happened meanwhile is read, not told"
    await connection.close()


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
async def test_broadcasts_are_acknowledged_echoed_and_posted(gateway, version):
    async with script(gateway, "talk", topic=uuid.uuid4().hex, version=version) as running:
        found = await running.found()

    said, posted = ["said", {"text": "Grüße 👋", "n": 1}], ["posted", {"n": 2}]
    assert found == {"answer": "ok", "first": [said, posted], "second": [said, posted]}


async def test_presence_shows_who_came_and_who_went(gateway):
    async with script(gateway, "presence", topic=uuid.uuid4().hex) as running:
        found = await running.found()

    assert found["answers"] == ["ok", "ok", "ok"]
    assert found["state"] == [["ada", "desk"], ["bob", "door"]]
    assert found["seen"] == ["+ada", "+bob", "-bob"]


async def test_a_private_channel_is_refused_in_words(gateway):
    async with script(gateway, "refused", topic="secret", token=member("a")) as running:
        found = await running.found()

    assert found["state"] == "CHANNEL_ERROR"
    assert "You do not have permissions to read from this Channel topic: secret" in found["error"]


async def test_a_client_that_crashes_says_why(gateway):
    async with script(gateway, "no such scenario") as running:
        with pytest.raises(AssertionError, match="is not a function"):
            await running.found()
    async with script(gateway, "crash") as running:
        with pytest.raises(AssertionError, match=r"(?s)Node ended with 1 .*nobody caught this"):
            await running.found()
