"""Databases that somebody else prepared before the gateway came."""

import uuid

import asyncpg

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import Listener, running_gateway, token
from tests.support.postgres import scratch_database

PREPARED = """
CREATE SCHEMA auth;
CREATE FUNCTION auth.jwt() RETURNS json LANGUAGE sql STABLE AS $$
    SELECT current_setting('request.jwt.claims', true)::json
$$;
CREATE FUNCTION auth.uid() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'user_name' $$;
CREATE TABLE own (id int PRIMARY KEY, owner text, twice int GENERATED ALWAYS AS (id * 2) STORED);
ALTER TABLE own ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON own FOR SELECT USING (owner = auth.uid());
CREATE PUBLICATION supabase_realtime FOR TABLE own;
"""


async def test_helpers_that_were_there_before_stay_and_mean_what_they_say(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"prepared_{uuid.uuid4().hex[:8]}")
    connection = await asyncpg.connect(database_url)
    await connection.execute(PREPARED)
    async with running_gateway(database_url) as gateway:
        await connection.execute("GRANT SELECT ON own TO authenticated")
        # One `sub` for both: who took this helper for the usual one would show each the rows of the other.
        people = [token("authenticated", sub="same", user_name=name) for name in ("ada", "bob")]
        ada, bob = [await Listener.joining(gateway, "own", bearer) for bearer in people]
        await ada.subscribed()
        await bob.subscribed()

        await connection.execute("INSERT INTO own VALUES (1, 'ada'), (2, 'bob'), (3, 'ada')")

        assert [data["record"] for data in await ada.heard(2)] == [
            {"id": 1, "owner": "ada", "twice": 2},
            {"id": 3, "owner": "ada", "twice": 6},
        ]
        assert [data["record"]["id"] for data in await bob.heard(1)] == [2]
        await ada.close()
        await bob.close()
    await connection.close()
