"""One person, several organizations: which of them a token is for, and who decides."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import jwt
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.supabase.gateway import SECRET, Gateway, Listener, running_gateway
from tests.integration.embedded.supabase.test_auth import new_user, signed_in
from tests.support.ledger import Ledger, migrated_database

HOOK = "pg-functions://postgres/ledger/access_token_hook"


@pytest_asyncio.fixture(scope="module")
async def product(postgres: PostgresServer) -> Ledger:
    return await migrated_database(postgres)


@pytest_asyncio.fixture(scope="module")
async def at_home(product: Ledger) -> AsyncIterator[Gateway]:
    async with running_gateway(product.url, ACCESS_TOKEN_HOOK=HOOK) as gateway:
        yield gateway


@pytest_asyncio.fixture
async def owner(product: Ledger) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(product.url)
    yield connection
    await connection.close()


async def organization(owner: asyncpg.Connection, name: str) -> str:
    org_id = uuid.uuid4()
    await owner.execute(
        "INSERT INTO public.organization (id, slug, name) VALUES ($1, $2, $3)", org_id, f"o-{org_id.hex[:8]}", name
    )
    return str(org_id)


async def belongs(owner: asyncpg.Connection, email: str, org_id: str, role: str) -> None:
    principal_id = await owner.fetchval("SELECT id FROM public.principal WHERE email = $1", email)
    if principal_id is None:
        principal_id = await owner.fetchval(
            "INSERT INTO public.principal (id, kind, name, email) VALUES ($1, 'person', 'Ada', $2) RETURNING id",
            uuid.uuid4(),
            email,
        )
    await owner.execute("INSERT INTO public.membership VALUES ($1, $2, $3)", uuid.UUID(org_id), principal_id, role)


async def person(at_home: Gateway, owner: asyncpg.Connection) -> tuple[Any, str, str]:
    """A user's client, signed in, with the ids of the two organizations it belongs to."""
    user = await new_user(at_home)
    first, second = await organization(owner, "First"), await organization(owner, "Second")
    await belongs(owner, user.email, first, "viewer")
    await belongs(owner, user.email, second, "owner")
    return await signed_in(at_home, user.email), first, second


async def claims_of(client: Any) -> dict[str, Any]:
    session = await client.auth.get_session()
    return jwt.decode(session.access_token, SECRET, ["HS256"], audience="authenticated")


async def switch(client: Any, **data: Any) -> dict[str, Any]:
    await client.auth.update_user({"data": data})
    await client.auth.refresh_session()
    return await claims_of(client)


async def test_a_token_names_every_organization_and_speaks_for_one(at_home, owner):
    client, first, second = await person(at_home, owner)

    claims = await claims_of(client)

    assert (claims["role"], claims["org_id"], claims["organization_role"]) == ("authenticated", first, "viewer")
    assert claims["organizations"] == [
        {"id": first, "name": "First", "role": "viewer"},
        {"id": second, "name": "Second", "role": "owner"},
    ]
    assert claims["https://hasura.io/jwt/claims"] == {
        "x-hasura-default-role": "viewer",
        "x-hasura-allowed-roles": ["viewer"],
        "x-hasura-org-id": first,
        "x-hasura-user-id": claims["principal_id"],
    }


async def test_switching_issues_a_token_for_the_other_organization_with_the_role_held_there(at_home, owner):
    client, first, second = await person(at_home, owner)

    there = await switch(client, org_id=second)
    back = await switch(client, org_id=None)

    assert (there["org_id"], there["organization_role"]) == (second, "owner")
    assert there["https://hasura.io/jwt/claims"]["x-hasura-allowed-roles"] == ["owner"]
    assert (back["org_id"], back["organization_role"]) == (first, "viewer")


async def test_a_wish_for_an_organization_of_others_is_not_granted(at_home, owner):
    client, first, _ = await person(at_home, owner)
    foreign = await organization(owner, "Foreign")

    for wish in (foreign, str(uuid.uuid4()), "' OR true --", "%", {"id": foreign}, ["x"], 7):
        session_id = (await claims_of(client))["session_id"]
        claims = await switch(client, org_id=wish, **{f"org_id:{session_id}": wish}, organizations=[foreign])
        assert (claims["org_id"], len(claims["organizations"])) == (first, 2)


async def test_two_sessions_of_one_person_stay_in_their_organizations(at_home, owner):
    here, first, second = await person(at_home, owner)
    email = (await here.auth.get_user()).user.email
    elsewhere = await signed_in(at_home, email)

    session_id = (await claims_of(elsewhere))["session_id"]
    switched = await switch(elsewhere, **{f"org_id:{session_id}": second})
    await here.auth.refresh_session()

    assert switched["org_id"] == second
    assert (await claims_of(here))["org_id"] == first


async def test_the_wish_of_a_session_goes_with_the_session(at_home, owner):
    here, _, second = await person(at_home, owner)
    email = (await here.auth.get_user()).user.email
    elsewhere = await signed_in(at_home, email)
    mine, other = [f"org_id:{(await claims_of(client))['session_id']}" for client in (here, elsewhere)]
    await switch(here, **{mine: second, "org_id": second, "note: kept": 1})
    await switch(elsewhere, **{other: second})

    await elsewhere.auth.sign_out({"scope": "local"})

    assert (await here.auth.get_user()).user.user_metadata.keys() >= {mine, "org_id", "note: kept"}
    assert other not in (await here.auth.get_user()).user.user_metadata


async def test_who_lost_a_membership_gets_no_token_for_it_any_more(at_home, owner):
    client, first, second = await person(at_home, owner)
    await switch(client, org_id=second)

    await owner.execute("DELETE FROM public.membership WHERE org_id = $1", uuid.UUID(second))
    await client.auth.refresh_session()

    claims = await claims_of(client)
    assert (claims["org_id"], claims["organizations"]) == (first, [{"id": first, "name": "First", "role": "viewer"}])


async def test_the_live_read_follows_the_switch_on_the_same_channel(at_home, owner):
    client, first, second = await person(at_home, owner)
    await client.realtime.set_auth((await client.auth.get_session()).access_token)
    listener = Listener(client, client.channel("live"))
    listener.channel.on_postgres_changes("*", listener.events.append, schema="public", table="harness_projection")
    listener.channel.on_system(lambda message: listener.system.append(dict(message)))
    await listener.channel.subscribe()
    await listener.subscribed()

    await harness(owner, first, "in the first")
    await harness(owner, second, "hidden, for the token is for the first")
    await listener.heard(1)
    await switch(client, org_id=second)
    await client.realtime.set_auth((await client.auth.get_session()).access_token)
    await listener.subscribed(2)
    await harness(owner, first, "hidden by now")
    await harness(owner, second, "in the second")

    await listener.heard(2)
    assert [data["record"]["title"] for data in listener.data] == ["in the first", "in the second"]
    await listener.close()


async def harness(owner: asyncpg.Connection, org_id: str, title: str) -> None:
    """A row of the live read."""
    harness_id = uuid.uuid4()
    async with owner.transaction():
        # The row is written by folding events, which is not what is looked at here.
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(
            """
            INSERT INTO public.harness_projection (org_id, harness_id, purpose, title, continuity, phase, headline,
                steps_done, steps_total, browser_observed, last_position, last_event_type, started_at, updated_at)
            VALUES ($1, $2, 'work', $3, 'fresh', 'queued', 'Queued', 0, 1, false, 1, 'HarnessQueued', now(), now())
            """,
            uuid.UUID(org_id),
            harness_id,
            title,
        )
