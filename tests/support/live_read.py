"""The live read held against the events that it follows from, as the superuser sees both."""

from collections.abc import Iterable
from uuid import UUID

from ledger import projections
from ledger.pool import Pool, connect, transaction

_PAGES_MAX = 100


async def assert_rows_follow_from_events(pool: Pool, org_ids: Iterable[UUID]) -> int:
    """How many rows there are; each of them is what the harness's events fold into, byte for byte."""
    harnesses = 0
    for org_id in org_ids:
        after: UUID | None = None
        for _ in range(_PAGES_MAX):
            async with transaction(pool) as tx:
                page = await projections.page(tx, org_id, after=after)
            wrong = [(one.difference, one.shown, one.folded) for one in page.rows if one.difference is not None]
            assert not wrong, wrong
            harnesses, after = harnesses + page.harnesses, page.next
            if after is None:
                break
    return harnesses


async def assert_live_read_follows(database_url: str, org_id: UUID) -> None:
    """The same for one organization of a running stack, which has done something."""
    pool = await connect(database_url, size_max=1, application="test")
    try:
        assert await assert_rows_follow_from_events(pool, [org_id])
    finally:
        await pool.close()
