"""The `gql` client, by both sub-protocols, as applications use it."""

import asyncio

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

from tests.integration.embedded.hasura.engine import ADMIN_SECRET, Engine
from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY, TRANSPORT


@pytest.fixture(params=[LEGACY, TRANSPORT])
def transport(request, live_engine: Engine, database) -> WebsocketsTransport:
    del database
    url = str(live_engine.client.base_url).replace("http", "ws", 1).rstrip("/") + "/v1/graphql"
    init = {"headers": {"X-Hasura-Admin-Secret": ADMIN_SECRET}}
    return WebsocketsTransport(url=url, init_payload=init, subprotocols=[request.param])


async def test_it_follows_a_live_query(transport, database):
    async with Client(transport=transport) as session, asyncio.timeout(10):
        results = session.subscribe(gql("subscription { note { text } }"))
        assert await anext(results) == {"note": []}

        await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'a')")

        assert await anext(results) == {"note": [{"text": "a"}]}
        await results.aclose()


async def test_it_follows_several_at_once_and_asks_queries_beside(transport, database):
    async with Client(transport=transport) as session, asyncio.timeout(10):

        async def follow(n: int) -> dict:
            query = gql("subscription ($n: Int!) { note(where: {rank: {_eq: $n}}) { rank } }")
            query.variable_values = {"n": n}
            async for result in session.subscribe(query):
                if result["note"]:
                    return result
            raise AssertionError("the subscription ended")

        following = [asyncio.create_task(follow(n)) for n in range(10)]
        assert await session.execute(gql("{ __typename }")) == {"__typename": "query_root"}
        await database.execute("INSERT INTO note (owner, rank) SELECT 'ann', n FROM generate_series(0, 9) n")

        assert await asyncio.gather(*following) == [{"note": [{"rank": n}]} for n in range(10)]


async def test_it_streams(transport, database):
    await database.execute("INSERT INTO event (owner) SELECT 'ann' FROM generate_series(1, 5)")
    query = gql("subscription { event_stream(batch_size: 2, cursor: {initial_value: {id: 0}}) { id } }")
    async with Client(transport=transport) as session, asyncio.timeout(10):
        results = session.subscribe(query)

        batches = [(await anext(results))["event_stream"] for _ in range(3)]
        await results.aclose()

    assert [[row["id"] for row in batch] for batch in batches] == [[1, 2], [3, 4], [5]]


async def test_it_raises_what_is_wrong_with_a_request(transport):
    async with Client(transport=transport) as session, asyncio.timeout(10):
        with pytest.raises(TransportQueryError, match="field 'none' not found"):
            await anext(session.subscribe(gql("subscription { none { id } }")))

        assert await session.execute(gql("{ __typename }")) == {"__typename": "query_root"}
