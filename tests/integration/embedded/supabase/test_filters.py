"""The operators of filters, each against rows that pass and rows that do not."""
# ruff: noqa: S608  - the tables' names are made by the fixtures

import uuid

import pytest_asyncio

from tests.integration.embedded.supabase.gateway import member

ROWS = "(1, 'Ada', 't', 9, 'abc'), (2, 'ada x', 'f', 10, ''), (3, 'a,b', NULL, 20, ''), (4, NULL, 't', NULL, NULL)"
FILTERS = {
    "name=like.A%": [1],
    "name=ilike.a%": [1, 2, 3],
    "name=not.ilike.ada%": [3],
    "name=match.^[aA]da$": [1],
    "name=imatch.^ADA": [1, 2],
    "name=not.imatch.x$": [1, 3],
    "name=is.null": [4],
    "name=not.is.null": [1, 2, 3],
    "good=is.true": [1, 4],
    "good=is.false": [2],
    "good=is.unknown": [3],
    "good=not.is.true": [2, 3],
    "name=isdistinct.Ada": [2, 3, 4],
    "name=not.isdistinct.Ada": [1],
    "size=not.eq.9": [2, 3],
    "size=not.in.(9, 10)": [3],
    "size=not.gt.9": [1],
    'name=eq."a,b"': [3],
    'name=in.("a,b",Ada)': [1, 3],
    "size=gt.5,name=not.is.null,good=is.true": [1],
    'name=eq."a,b",size=eq.20': [3],
    "short=eq.abc": [1],
    "short=eq.axx": [],
}


@pytest_asyncio.fixture
async def people(sql) -> str:
    name = f"people_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {name} (id int PRIMARY KEY, name text, good boolean, size numeric, short char(5));
        GRANT SELECT ON {name} TO authenticated;
        ALTER PUBLICATION supabase_realtime ADD TABLE {name};
        """
    )
    return name


async def test_every_operator_lets_through_what_postgres_says(listen, people, sql):
    bearer = member("a")
    listeners = {where: await listen(people, bearer, where=where) for where in FILTERS}
    everything = await listen(people, bearer)

    await sql.execute(f"INSERT INTO {people} VALUES {ROWS}")

    await everything.heard(4)
    heard = {where: [data["record"]["id"] for data in listener.data] for where, listener in listeners.items()}
    assert heard == FILTERS


async def test_a_pattern_that_takes_for_ever_delays_nobody_for_long(listen, people, sql):
    slow = await listen(people, member("a"), where=r"name=match.^((a+)*)*\1\1$")
    quick = await listen(people, member("a"))

    await sql.execute(f"INSERT INTO {people} VALUES (1, repeat('a', 5000) || 'b', true, 1)")

    assert [data["record"]["id"] for data in await quick.heard(1, within_s=5)] == [1]
    assert slow.data == []
