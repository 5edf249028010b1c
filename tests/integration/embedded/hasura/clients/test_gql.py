"""The Python client `gql`, as it comes, over HTTP and both websocket protocols."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

from tests.integration.embedded.hasura.clients.conftest import Library
from tests.integration.embedded.hasura.engine import ADMIN_SECRET

HEADERS = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
READER = {**HEADERS, "X-Hasura-Role": "reader", "X-Hasura-Shelf-End": "1"}
PROTOCOLS = (WebsocketsTransport.APOLLO_SUBPROTOCOL, WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL)
WITHIN_S = 15

BOOKS = "query Books($least: numeric!) { book(where: {rating: {_gte: $least}}, order_by: {id: asc}) { title } }"
WATCHED = gql("subscription { book(order_by: {id: asc}) { title author { name } } }")


def over_http(library: Library, headers: dict[str, str]) -> Client:
    return Client(transport=HTTPXAsyncTransport(library.url, headers=headers), fetch_schema_from_transport=True)


def over_websocket(library: Library, headers: dict[str, str], protocol: str) -> Client:
    transport = WebsocketsTransport(
        url=library.websocket_url, init_payload={"headers": headers}, subprotocols=[protocol]
    )
    return Client(transport=transport, fetch_schema_from_transport=True)


async def next_of(results: AsyncGenerator[dict[str, Any]]) -> dict[str, Any]:
    return await asyncio.wait_for(anext(results), WITHIN_S)


async def test_a_query_is_checked_by_the_introspected_schema_and_answered(library: Library):
    async with over_http(library, HEADERS) as session:
        answer = await session.execute(GraphQLRequest(BOOKS, variable_values={"least": 4.3}))

    assert answer == {"book": [{"title": "The Dispossessed"}]}
    assert session.client.schema is not None
    assert session.client.schema.get_type("book_bool_exp") is not None


async def test_a_role_has_its_own_schema_and_rows(library: Library):
    async with over_http(library, READER) as session:
        answer = await session.execute(gql("{ book { title } }"))

    assert answer == {"book": [{"title": "The Dispossessed"}]}
    assert session.client.schema is not None
    assert session.client.schema.mutation_type is None


async def test_an_error_is_raised_with_the_code_and_path_of_the_engine(library: Library):
    client = Client(transport=HTTPXAsyncTransport(library.url, headers=HEADERS))

    with pytest.raises(TransportQueryError) as refused:
        async with client as session:
            await session.execute(gql("{ book { colour } }"))

    assert refused.value.errors is not None
    assert refused.value.errors[0]["extensions"]["code"] == "validation-failed"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_query_over_a_websocket_is_answered_and_completed(library: Library, protocol: str):
    async with over_websocket(library, HEADERS, protocol) as session:
        answer = await asyncio.wait_for(session.execute(GraphQLRequest(BOOKS, variable_values={"least": 4})), WITHIN_S)

    assert [book["title"] for book in answer["book"]] == ["The Dispossessed", "Solaris"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_mutation_over_a_websocket_changes_rows(library: Library, protocol: str):
    mutation = gql('mutation { update_book_by_pk(pk_columns: {id: 2}, _set: {title: "Fiasco"}) { title } }')

    async with over_websocket(library, HEADERS, protocol) as session:
        answer = await asyncio.wait_for(session.execute(mutation), WITHIN_S)

    assert answer == {"update_book_by_pk": {"title": "Fiasco"}}
    assert await library.database.fetchval("SELECT title FROM book WHERE id = 2") == "Fiasco"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_subscription_tells_the_rows_at_once_and_again_when_they_change(library: Library, protocol: str):
    async with over_websocket(library, READER, protocol) as session:
        results = session.subscribe(WATCHED)
        first = await next_of(results)
        await library.database.execute("UPDATE book SET title = 'Rocannon''s World' WHERE id = 1")
        second = await next_of(results)
        await results.aclose()

    assert first == {"book": [{"title": "The Dispossessed", "author": {"name": "Ursula"}}]}
    assert second == {"book": [{"title": "Rocannon's World", "author": {"name": "Ursula"}}]}


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_two_subscribers_on_one_socket_get_their_own_answers(library: Library, protocol: str):
    by_id = "subscription Book($id: Int!) { book_by_pk(id: $id) { title } }"

    async with over_websocket(library, HEADERS, protocol) as session:
        one = session.subscribe(GraphQLRequest(by_id, variable_values={"id": 1}))
        two = session.subscribe(GraphQLRequest(by_id, variable_values={"id": 2}))
        titles = [(await next_of(results))["book_by_pk"]["title"] for results in (one, two)]
        await one.aclose()
        await two.aclose()

    assert titles == ["The Dispossessed", "Solaris"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_subscription_that_is_refused_raises_the_engine_s_error(library: Library, protocol: str):
    transport = WebsocketsTransport(
        url=library.websocket_url, init_payload={"headers": HEADERS}, subprotocols=[protocol]
    )

    with pytest.raises(TransportQueryError) as refused:
        async with Client(transport=transport) as session:
            await next_of(session.subscribe(gql("subscription { book { colour } }")))

    assert "colour" in str(refused.value)
