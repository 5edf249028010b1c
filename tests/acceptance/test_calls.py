"""An endpoint is called over the whole stack: proposed, approved, sent once, and what is known of it is proved."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.support.endpoint import Endpoint, serving_endpoint
from tests.support.world import Organization, World

TOKEN = "a-value-that-nobody-needs"


@dataclass(frozen=True)
class Called:
    """An organization whose one endpoint is a server of the test's."""

    org: Organization
    endpoint: Endpoint

    async def proposed(self, **call: Any) -> dict[str, Any]:
        """A call under review."""
        harness_id = await self.org.launch(await self.org.call(**call))
        row = await self.org.reach(harness_id, "awaiting_decision")
        return await self.org.proposal(row["proposal_id"])

    async def proved(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """What the proof of the proposal's execution says."""
        document = "query ($id: uuid!) { proof(where: {harness_id: {_eq: $id}}) { envelope } }"
        rows = await (await self.org.as_("viewer")).ask(document, id=proposal["harness_id"])
        envelope = json.loads(rows["proof"][0]["envelope"])
        return json.loads(base64.b64decode(envelope["payload"]))["predicate"]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with serving_endpoint() as serving:
        yield serving


@pytest_asyncio.fixture(scope="module")
async def called(world: World, endpoint: Endpoint) -> AsyncIterator[Called]:
    auth = {"kind": "bearer", "secret_contract": "token"}
    declared = [{"name": "things", "kind": "http_api", "public_url": endpoint.url, "auth": auth}]
    org = await world.organization("", endpoints=declared)
    yield Called(org, endpoint)
    await org.close()


async def test_an_approved_call_is_sent_once_as_it_was_approved_and_its_answer_is_proved(called: Called):
    proposal = await called.proposed(path="/echo", idempotency_header="Idempotency-Key", expect_status=[201])
    assert called.endpoint.sent_to("/echo") == []

    row = await called.org.carried_out(proposal)

    [arrived] = called.endpoint.sent_to("/echo")
    document = "query ($id: uuid!) { artifact(where: {harness_id: {_eq: $id}}) { name body } }"
    kept = (await (await called.org.as_("viewer")).ask(document, id=proposal["harness_id"]))["artifact"]
    bodies = {one["name"]: one["body"] for one in kept}
    proof = await called.proved(proposal)
    assert (row["phase"], row["proposal_state"]) == ("succeeded", "applied")
    assert (arrived.method, arrived.body) == ("POST", b'{"n": 1}')
    assert arrived.headers["authorization"] == f"Bearer {TOKEN}"
    assert arrived.headers["idempotency-key"] == proof["execution"]["id"]
    assert "[redacted]" in bodies["call-answer"]
    assert not [name for name, body in bodies.items() if TOKEN in body]
    assert (proof["call"]["outcome"], proof["call"]["status"]) == ("answered", 201)
    assert (proof["proposal"]["digest"], proof["proposal"]["kind"]) == (proposal["digest"], "endpoint_call")


async def test_a_call_that_is_not_answered_in_time_is_not_sent_again_and_proved_as_not_known(called: Called):
    proposal = await called.proposed(path="/silent", timeout_ms=300)

    row = await called.org.carried_out(proposal)

    proof = await called.proved(proposal)
    assert (row["phase"], len(called.endpoint.sent_to("/silent"))) == ("failed", 1)
    assert "is not known" in row["headline"]
    assert (proof["execution"]["reasonCode"], proof["call"]["outcome"]) == ("OUTCOME_UNKNOWN", "not_known")
    assert proof["call"]["status"] is None
