"""What every action does is held against what its contract declares, and every marked refusal against the answers.

Each answer that the handlers give in these tests is looked at: a success must have told exactly the declared events and
tied declared edges only, and a refusal must be declared. A test marked `refuses(action, code)` must have seen it.
"""

from collections.abc import AsyncGenerator, Generator
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from contracts.base import Edge
from contracts.registry import ACTIONS
from ledger import harness
from tests.contract.laws.law_10.truth import Truth
from tests.support.ledger import Api

_tied: ContextVar[list[Edge]] = ContextVar("tied")
# One at a time: tests run one after the other.
_truth = Truth()


@pytest_asyncio.fixture(scope="session")
async def api(api: Api) -> AsyncGenerator[Api]:
    """The API, each of whose answers is held against the contracts."""

    async def asked(_request: httpx.Request) -> None:
        _tied.set([])

    async def answered(response: httpx.Response) -> None:
        action = ACTIONS.get(response.request.url.path.rpartition("/")[2])
        if action is None:
            return
        await response.aread()
        told = response.json()
        if response.is_error:
            _truth.refusal(action, told["extensions"]["code"])
        elif action.operation == "mutation":
            _truth.success(action, await _events(api, UUID(told["command_id"])), _tied.get())

    tie = harness.tie

    async def watched(tx: Any, org_id: UUID, *edges: Any) -> None:
        if (tied := _tied.get(None)) is not None:
            tied += [(start[0], relation, end[0]) for start, relation, end in edges]
        await tie(tx, org_id, *edges)

    before = api.http.event_hooks
    api.http.event_hooks = {"request": [asked], "response": [answered]}
    harness.tie = watched
    yield api
    harness.tie = tie
    api.http.event_hooks = before


@pytest.fixture(autouse=True)
def _contracts_are_kept(request: pytest.FixtureRequest) -> Generator[None]:
    _truth.refused.clear()
    _truth.undeclared.clear()
    yield
    marked = [tuple(map(str, mark.args)) for mark in request.node.iter_markers("refuses")]
    if faults := _truth.faults(marked):
        pytest.fail("\n".join(faults))


async def _events(api: Api, command_id: UUID) -> set[str]:
    # A cause begins with the command that it comes from.
    sql = "SELECT type FROM portal_live_events WHERE starts_with(cause, $1)"
    return {row["type"] for row in await api.superuser.fetch(sql, f"{command_id}/")}
