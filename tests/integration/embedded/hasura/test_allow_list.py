"""An enforced allow list, over HTTP, in batches and over websockets, from the moment the metadata says so."""

import json
from collections.abc import AsyncIterator

import pytest_asyncio
import websockets

from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, Engine, running_engine

LISTED = "query jobs { jobs { id } }"
OTHER = "query jobs { jobs { id __typename }  again: jobs { id } }"
ANN = {"X-Hasura-Admin-Secret": ADMIN_SECRET, "X-Hasura-Role": "member", "X-Hasura-User-Id": "ann"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def listed(hasura_database, session_handler) -> AsyncIterator[Engine]:
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_ENABLE_ALLOWLIST="true",
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        queries = [{"name": "jobs", "query": LISTED}, {"name": "watch", "query": "subscription { jobs { id } }"}]
        made = {"name": "allowed", "definition": {"queries": queries}}
        assert (await running.command("create_query_collection", made)).status_code == 200
        assert (await running.command("add_collection_to_allowlist", {"collection": "allowed"})).status_code == 200
        yield running


def refused(answer: dict) -> bool:
    return [error["message"] for error in answer.get("errors", [])] == ["query is not allowed"]


async def test_only_listed_queries_are_answered(listed):
    async def ask(query: str, headers=ANN) -> dict:
        return (await listed.client.post("/v1/graphql", json={"query": query}, headers=headers)).json()

    for _ in range(2):
        assert "data" in await ask(LISTED)
        assert "data" in await ask(LISTED.replace("id", "__typename id"))
        assert refused(await ask(OTHER))
        assert refused(await ask("{ __schema { queryType { name } } }"))
    assert "data" in await ask(OTHER, {"X-Hasura-Admin-Secret": ADMIN_SECRET})


async def test_a_batch_is_judged_one_by_one(listed):
    batch = [{"query": LISTED}, {"query": OTHER}, {"query": LISTED}]

    answers = (await listed.client.post("/v1/graphql", json=batch, headers=ANN)).json()

    assert ["data" in answer for answer in answers] == [True, False, True]
    assert refused(answers[1])


async def test_subscriptions_are_judged_as_well(listed):
    url = str(listed.client.base_url).replace("http://", "ws://") + "/v1/graphql"
    async with websockets.connect(url, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"headers": ANN}}))
        for id_, fields in (("1", "id"), ("2", "id key: id")):
            query = f"subscription {{ jobs {{ {fields} }} }}"
            await socket.send(json.dumps({"type": "subscribe", "id": id_, "payload": {"query": query}}))
        answers: dict[str, dict] = {}
        while len(answers) < 2:
            message = json.loads(await socket.recv())
            if "id" in message:
                answers[message["id"]] = message

    assert answers["1"]["type"] == "next"
    assert answers["2"]["type"] == "error"
    assert refused({"errors": answers["2"]["payload"]})


async def test_a_query_is_no_longer_answered_when_its_collection_leaves_the_list(listed):
    async def ask() -> dict:
        return (await listed.client.post("/v1/graphql", json={"query": LISTED}, headers=ANN)).json()

    assert "data" in await ask()
    await listed.command("drop_collection_from_allowlist", {"collection": "allowed"})
    gone = await ask()
    await listed.command("add_collection_to_allowlist", {"collection": "allowed"})

    assert refused(gone)
    assert "data" in await ask()
