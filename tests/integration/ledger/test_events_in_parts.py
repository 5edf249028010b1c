"""Pages of events without their data: where it begins and how large it is, as Hasura's role asks."""

import json
from uuid import uuid4

import pytest_asyncio

from ledger.pool import connect
from tests.support.ledger import Api, Ledger, Onboarded, onboarded

PARTS = (
    "SELECT live_event_beginning(e) AS beginning, live_event_size_bytes(e) AS size_bytes"
    " FROM portal_live_events e WHERE org_id = $1 ORDER BY position DESC LIMIT 1"
)


@pytest_asyncio.fixture
async def org(api: Api) -> Onboarded:
    return await onboarded(api)


async def tell(api: Api, org: Onboarded, data: dict[str, str]) -> None:
    await api.superuser.execute(
        "SELECT ledger.append_event($1, NULL, 'SomethingHappened', 'x', $2, $3, now(), NULL, NULL, NULL)",
        *(org.id, data, f"test/{uuid4()}"),
    )


async def test_data_of_five_megabytes_is_told_by_its_beginning_and_its_size(api: Api, ledger: Ledger, org: Onboarded):
    data = {"text": "ü" * 2_500_000}
    await tell(api, org, data)
    hasura = await connect(ledger.url_of("fo_hasura"), size_max=1, application="test")

    row = await hasura.fetchrow(PARTS, org.id)
    await hasura.close()

    assert row is not None
    assert row["beginning"] == json.dumps(data, ensure_ascii=False)[:4096]
    assert row["size_bytes"] == 5_000_012


async def test_data_as_small_as_nearly_all_is_told_whole(api: Api, org: Onboarded):
    await tell(api, org, {"headline": "Done."})

    row = await api.superuser.fetchrow(PARTS, org.id)

    assert row is not None
    assert json.loads(row["beginning"]) == {"headline": "Done."}
    assert row["size_bytes"] == len(row["beginning"])


async def test_rows_are_not_copied_for_the_call(api: Api):
    """A call on a row first fetches all that is stored apart; an expression on its column does not."""
    async with api.superuser.acquire() as connection:
        plan = await connection.fetch("EXPLAIN (VERBOSE) " + PARTS, uuid4())

    output = "\n".join(line[0] for line in plan)
    assert "octet_length" in output
    assert "live_event_" not in output.replace("portal_live_events", "")
