"""The client on the running stack: typed queries, mutations and subscriptions, and tokens that end under way."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
import pytest_asyncio

from fractalops_client import (
    CheckOnboardingInput,
    CreateWorkInput,
    FractalOps,
    HarnessProjectionRow,
    LaunchWorkInput,
    Refused,
    Retry,
    WorkSpecificationInput,
)
from tests.support.world import Organization, World, repository

WITHIN_S = 90
ENDED = {"succeeded", "failed", "cancelled"}


@pytest_asyncio.fixture(scope="module")
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Organization]:
    made = await world.organization(repository(tmp_path_factory.mktemp("client")).as_uri())
    yield made
    await made.close()


class Tokens:
    """Access tokens of one person that end a few seconds after they were given."""

    def __init__(self, world: World, org: Organization, role: str, *, good_for_s: float) -> None:
        self._key, self._org, self._role, self._good_for_s = world.at["jwt_secret"], org, role, good_for_s
        self.given = 0

    async def __call__(self) -> str:
        claims: dict[str, Any] = jwt.decode(await self._org.token(self._role), options={"verify_signature": False})
        self.given += 1
        return jwt.encode({**claims, "exp": time.time() + self._good_for_s}, self._key, algorithm="HS256")


def client(org: Organization, role: str, **given: Any) -> FractalOps:
    async def token() -> str:
        return await org.token(role)

    return FractalOps(org.world.at["graphql_url"], **{"token": token, **given})


async def queued(operator: FractalOps, run: str) -> UUID:
    """The harness of new work that runs the command."""
    endpoint, asset = (await operator.endpoints(1))[0], (await operator.runtime_assets(1))[0]
    work = await operator.create_work(
        CreateWorkInput(
            title="Through the client",
            endpoint_id=endpoint.id,
            runtime_asset_id=asset.id,
            specification=WorkSpecificationInput(run=run, verify="true"),
            idempotency_key=uuid4(),
        )
    )
    return (await operator.launch_work(LaunchWorkInput(work_id=work.id, idempotency_key=uuid4()))).id


async def test_a_query_gives_typed_rows(org: Organization):
    async with client(org, "viewer") as viewer:
        (endpoint,) = await viewer.endpoints(limit=10)
        (organization,) = await viewer.onboarding_status()

    assert (endpoint.name, endpoint.state, endpoint.created_at.tzinfo is not None) == ("repository", "active", True)
    assert organization.id == UUID(org.id)
    assert {check.state for check in organization.onboarding_checks} == {"passed"}


async def test_a_row_is_given_back_to_the_letter(org: Organization):
    document = "query { endpoint { id created_at updated_at readiness_observed { observed_at } } }"

    async with client(org, "viewer") as viewer:
        (said,) = (await viewer.execute(document))["endpoint"]
        (row,) = await viewer.endpoints(limit=10)
    given = row.model_dump(mode="json")

    assert {name: given[name] for name in ("id", "created_at", "updated_at")} == {
        name: said[name] for name in ("id", "created_at", "updated_at")
    }
    assert given["readiness_observed"]["observed_at"] == said["readiness_observed"]["observed_at"]


async def test_a_mutation_by_someone_who_may_not_is_refused(org: Organization):
    async with client(org, "viewer") as viewer:
        with pytest.raises(Refused) as error:
            await viewer.check_onboarding(CheckOnboardingInput(idempotency_key=uuid4()))

    assert not error.value.retry


async def test_a_subscription_sees_a_harness_move_to_its_end(org: Organization):
    async with client(org, "operator") as operator, asyncio.timeout(WITHIN_S):
        harness_id = await queued(operator, "exit 3")
        seen: list[HarnessProjectionRow] = []
        async for rows in operator.follow_harness(harness_id):
            seen += rows
            if rows and rows[0].phase in ENDED:
                break

    assert seen[-1].phase == "failed"
    assert {row.harness_id for row in seen} == {harness_id}
    assert [row.last_position for row in seen] == sorted({row.last_position for row in seen})


async def test_a_stream_gives_every_event_of_a_harness_once_though_its_token_ends_again_and_again(
    world: World, org: Organization
):
    tokens = Tokens(world, org, "operator", good_for_s=1.5)
    reconnect = Retry(attempts=20, first_delay_s=0.05, delay_max_s=0.2)

    async with client(org, "operator", token=tokens, reconnect=reconnect) as operator, asyncio.timeout(WITHIN_S):
        harness_id = await queued(operator, "sleep 6; exit 3")
        streamed: list[int] = []
        async for rows in operator.stream_events(0, 5):
            mine = [row for row in rows if row.harness_id == harness_id]
            streamed += [row.position for row in mine]
            if any(row.type_ == "HarnessFailed" for row in mine):
                break
        events = await operator.harness_events(harness_id, 1000)

    assert streamed == [event.position for event in events]
    assert tokens.given >= 4


async def test_a_request_with_a_token_that_has_ended_fetches_a_new_one(world: World, org: Organization):
    tokens = Tokens(world, org, "viewer", good_for_s=-5)
    gives_good_ones = Tokens(world, org, "viewer", good_for_s=60)
    waiting = [tokens, gives_good_ones]

    async def token() -> str:
        return await waiting.pop(0)()

    async with client(org, "viewer", token=token) as viewer:
        (found,) = await viewer.organization()

    assert found.slug == f"test-{org.tag}"
    assert (tokens.given, gives_good_ones.given) == (1, 1)


async def test_the_administrator_speaks_by_the_secret(world: World, org: Organization):
    headers = {"x-hasura-role": "viewer", "x-hasura-org-id": org.id}

    async with FractalOps(world.at["graphql_url"], admin_secret=world.at["admin_secret"], headers=headers) as viewer:
        (found,) = await viewer.organization()

    assert found.id == UUID(org.id)
