"""Whatever a client of one organization sends, it never receives a row of another.

Clients of two organizations speak at random: topics, bindings, filters, columns, tokens good and bad, frames of both
serializers. Rows of both are written, moved between them and deleted meanwhile. Every value of a row says whose it is,
so a single foreign word in anything received is a leak.
"""
# ruff: noqa: S608  - the tables' names are made here

import asyncio
import contextlib
import json
import random
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import jwt
import pytest
import pytest_asyncio
import websockets

from tests.integration.embedded.supabase.gateway import ANON_KEY, SECRET, Gateway, token
from tests.integration.embedded.supabase.test_between_clients import socket_url
from tests.support.waiting import until

ORGS = ("alpha", "beta")
CLIENTS_EACH, MESSAGES_EACH, CHANGES = 4, 25, 150


@dataclass(frozen=True)
class Tables:
    """Two tables of the same rows: a policy that is judged by values, and one that has to be asked each time."""

    simple: str
    asked: str

    @property
    def names(self) -> tuple[str, str]:
        return self.simple, self.asked


@pytest_asyncio.fixture
async def tables(sql: asyncpg.Connection) -> AsyncIterator[Tables]:
    mark = uuid.uuid4().hex[:8]
    made = Tables(f"row_{mark}", f"asked_{mark}")
    for name in made.names:
        await sql.execute(
            f"""
            CREATE TABLE {name} (id int PRIMARY KEY, org text NOT NULL, owner text, body text, n int, doc jsonb);
            ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
            GRANT SELECT (id, org, body, n, doc) ON {name} TO anon, authenticated;
            ALTER PUBLICATION supabase_realtime ADD TABLE {name};
            """
        )
    own = "org = (auth.jwt() ->> 'org')"
    await sql.execute(f"CREATE POLICY own ON {made.simple} FOR SELECT TO authenticated USING ({own})")
    member = f"{own} AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated')"
    await sql.execute(f"CREATE POLICY own ON {made.asked} FOR SELECT TO authenticated USING ({member})")
    yield made
    await sql.execute(f"DROP TABLE {made.simple}, {made.asked}")


@dataclass
class Client:
    """A socket that says anything and writes down all it hears."""

    org: str
    version: str
    socket: Any
    rng: random.Random
    heard: list[str] = field(default_factory=list)
    reading: "asyncio.Task[None] | None" = None

    async def read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for message in self.socket:
                self.heard.append(message if isinstance(message, str) else message.decode("utf-8", "replace"))

    async def say(self, topic: str, event: str, payload: Any) -> None:
        ref = str(self.rng.randrange(10**6))
        if self.version == "1.0.0":
            text = json.dumps({"topic": topic, "event": event, "payload": payload, "ref": ref})
        else:
            text = json.dumps([ref if event == "phx_join" else None, ref, topic, event, payload])
        with contextlib.suppress(websockets.ConnectionClosed):
            await self.socket.send(text)


def foreign(org: str) -> str:
    return next(other for other in ORGS if other != org)


def some_token(rng: random.Random, org: str) -> Any:
    """A token that speaks for the organization, or tries to speak for more."""
    other, soon = foreign(org), int(time.time()) + 600
    wide = {"org": other, "orgs": list(ORGS), "role": "authenticated", "exp": soon}
    good = {"role": "authenticated", "org": org, "sub": str(rng.random()), "exp": soon}
    return rng.choice(
        [
            *[token("authenticated", org=org, user_metadata={"org": other}, sub=str(rng.random()))] * 6,
            token("authenticated", org=[org, other]),
            token("authenticated", org=None),
            token("anon", org=other),
            ANON_KEY,
            jwt.encode(wide, "another secret that is long enough for sha", "HS256"),
            jwt.encode(wide, None, "none"),
            jwt.encode({**good, "exp": soon - 1200}, SECRET, "HS256"),
            jwt.encode(good, SECRET, "HS256").rpartition(".")[0] + "." + jwt.encode(wide, "x" * 40).rpartition(".")[2],
            _grafted(jwt.encode(good, SECRET, "HS256"), wide),
            "sb_secret_" + other,
            None,
            7,
            {"org": other},
        ]
    )


def _grafted(genuine: str, claims: dict[str, Any]) -> str:
    """Somebody else's claims under a genuine signature."""
    head, _, signature = genuine.split(".")
    return f"{head}.{jwt.encode(claims, 'x' * 40, 'HS256').split('.')[1]}.{signature}"


def some_binding(rng: random.Random, org: str, tables: Tables) -> Any:
    other = foreign(org)
    where = rng.choice(
        [
            None,
            f"org=eq.{other}",
            f"org=in.({other},{org})",
            f"org=neq.{org}",
            f"org=not.eq.{org}",
            "org=not.is.null",
            f"body=like.%{other}%",
            f"body=imatch.{other}",
            f"org=isdistinct.{org}",
            f"owner=eq.{other}",
            "n=gte.0,org=not.is.null",
            f"org=eq.{org}' OR true --",
            f"id=eq.0) OR (org='{other}'",
            "n=lt.5",
        ]
    )
    binding: dict[str, Any] = {
        "event": rng.choice(["*", "INSERT", "UPDATE", "DELETE", "%", "TRUNCATE"]),
        "schema": rng.choice(["public", "public", "public", "*", "%", "pg_catalog", "realtime"]),
        "table": rng.choice([*tables.names, *tables.names, "*", "%", "messages", None]),
    }
    if where is not None and rng.random() < 0.6:
        binding["filter"] = where
    if rng.random() < 0.2:
        binding["select"] = rng.sample(["id", "org", "owner", "body", "doc", "nothing"], 2)
    return binding


def some_message(rng: random.Random, client: Client, tables: Tables) -> tuple[str, str, Any]:
    topic = rng.choice(
        [f"realtime:{name}" for name in (*ORGS, "all", tables.simple, "*", f"{foreign(client.org)}:live")]
    )
    match rng.randrange(8):
        case 0:
            return topic, "access_token", {"access_token": some_token(rng, client.org)}
        case 1:
            return topic, "phx_leave", {}
        case 2:
            return topic, rng.choice(["postgres_changes", "system", "presence_state", "phx_reply"]), {"ids": [1]}
        case _:
            config: dict[str, Any] = {
                "postgres_changes": [some_binding(rng, client.org, tables) for _ in range(rng.randint(1, 4))],
                "private": rng.random() < 0.1,
                "broadcast": {"self": True, "replay": {"since": 0}} if rng.random() < 0.1 else {},
            }
            return topic, "phx_join", {"access_token": some_token(rng, client.org), "config": config}


async def change(rng: random.Random, sql: asyncpg.Connection, tables: Tables, number: int) -> None:
    """Something happens to a row; what it holds always says whose it is."""
    name, org, row = rng.choice(tables.names), rng.choice(ORGS), rng.randrange(30)
    other, body = foreign(org), f"a word of {org} {number}"
    insert = (
        f"INSERT INTO {name} VALUES ({row}, '{org}', '{org}', '{body}', {number % 10}, '{{\"of\": \"{org}\"}}') "
        f"ON CONFLICT (id) DO UPDATE SET org = excluded.org, owner = excluded.org, body = excluded.body, "
        f"doc = excluded.doc"
    )
    match rng.randrange(6):
        case 0:
            await sql.execute(f"DELETE FROM {name} WHERE id = {row}")
        case 1:
            async with sql.transaction():
                await sql.execute(insert)
                await sql.execute(
                    f"UPDATE {name} SET org = '{other}', owner = '{other}', body = 'a word of {other}',"
                    f' doc = \'{{"of": "{other}"}}\' WHERE id = {row}'
                )
        case 2:
            async with sql.transaction():
                await sql.execute(f"DELETE FROM {name} WHERE id = {row}")
                await sql.execute(insert)
        case 3:
            await sql.execute(
                f"UPDATE {name} SET id = id + 1000 WHERE id = {row} AND NOT EXISTS "
                f"(SELECT FROM {name} WHERE id = {row} + 1000)"
            )
        case _:
            await sql.execute(insert)


async def connected(gateway: Gateway, org: str, rng: random.Random) -> Client:
    version = rng.choice(["1.0.0", "2.0.0"])
    client = Client(org, version, await websockets.connect(socket_url(gateway, version), max_size=None), rng)
    client.reading = asyncio.create_task(client.read())
    return client


async def chatter(client: Client, tables: Tables) -> None:
    for _ in range(MESSAGES_EACH):
        await client.say(*some_message(client.rng, client, tables))
        await asyncio.sleep(client.rng.random() / 50)


@pytest.mark.parametrize("seed", range(4))
async def test_a_client_of_one_organization_never_hears_a_word_of_another(gateway, sql, tables, seed):
    rng = random.Random(seed)  # noqa: S311  - the same talk in every run, nothing secret
    clients = [
        await connected(gateway, org, random.Random(rng.random()))  # noqa: S311  - as above
        for org in ORGS
        for _ in range(CLIENTS_EACH)
    ]
    # One of each organization listens from the beginning to the end, so that silence cannot be the reason.
    watchers = [await connected(gateway, org, rng) for org in ORGS]
    for watcher in watchers:
        binding = {"event": "*", "schema": "public", "table": "*"}
        joined = {"access_token": token("authenticated", org=watcher.org), "config": {"postgres_changes": [binding]}}
        await watcher.say("realtime:watch", "phx_join", joined)
        await until(lambda w=watcher: any("Subscribed to" in text for text in w.heard), within_s=10)

    talking = [asyncio.create_task(chatter(client, tables)) for client in clients]
    for number in range(CHANGES):
        await change(rng, sql, tables, number)
    await asyncio.gather(*talking)
    for org in ORGS:
        await sql.execute(f"INSERT INTO {tables.simple} VALUES ({5000 + len(org)}, '{org}', '{org}', 'last of {org}')")
    for watcher in watchers:
        await until(lambda w=watcher: any(f"last of {w.org}" in text for text in w.heard), within_s=20)

    for client in (*clients, *watchers):
        words = (f"a word of {foreign(client.org)}", f"last of {foreign(client.org)}", f'"org":"{foreign(client.org)}"')
        rows = [text for text in client.heard if '"postgres_changes"' in text and "record" in text]
        assert [text for text in rows if any(word in text for word in words)] == []
        assert not any('"owner"' in text for text in rows), "a column that nobody was granted"
    assert all(sum("a word of" in text for text in watcher.heard) > 20 for watcher in watchers)
    for client in (*clients, *watchers):
        await client.socket.close()
        assert client.reading is not None
        await client.reading
