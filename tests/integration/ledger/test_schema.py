"""The schema that people read is the one that the migrations make."""

from entrypoints.schema import FILE, dump
from tests.support.ledger import Ledger


async def test_the_written_schema_is_what_the_migrations_leave(ledger: Ledger):
    assert await dump(ledger.url) == FILE.read_text(), "run `make schema` and commit what it writes"
