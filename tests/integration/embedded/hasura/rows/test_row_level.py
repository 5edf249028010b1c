"""The row-level guarantee: whatever is asked, a role is told exactly what its permissions let through.

Random worlds, permissions and queries; the expected answer is worked out in Python over the raw rows. A test run tries
the same examples every time; `FRACTALOPS_ROW_LEVEL_EXAMPLES=5000` tries more and others. With
`FRACTALOPS_ROW_LEVEL_SHRINK=1` a failure is reduced to a small one, which takes minutes.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from typing import Any, LiteralString, cast

import httpx
import psycopg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, running_engine
from tests.integration.embedded.hasura.rows.oracle import Oracle
from tests.integration.embedded.hasura.rows.queries import queries
from tests.integration.embedded.hasura.rows.query import Select, Writer
from tests.integration.embedded.hasura.rows.world import World, definitions, metadata
from tests.integration.embedded.hasura.rows.worlds import HEIR, ROLES, SESSIONS, worlds
from tests.support.postgres import scratch_database

DEFAULT_EXAMPLES = 120
EXAMPLES = int(os.environ.get("FRACTALOPS_ROW_LEVEL_EXAMPLES", str(DEFAULT_EXAMPLES)))
SHRINKS = "FRACTALOPS_ROW_LEVEL_SHRINK" in os.environ
QUERIES_EACH = 5


@pytest_asyncio.fixture(scope="session")
async def row_level_database(postgres: PostgresServer) -> str:
    return await scratch_database(postgres, "hasura_row_level")


@pytest_asyncio.fixture(scope="session")
async def row_level_url(row_level_database: str) -> AsyncIterator[str]:
    async with running_engine(row_level_database, HASURA_GRAPHQL_DEV_MODE="true") as engine:
        yield str(engine.client.base_url)


@pytest.fixture
def database(row_level_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(row_level_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def client(row_level_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=row_level_url, headers={"X-Hasura-Admin-Secret": ADMIN_SECRET}, timeout=30) as client:
        yield client


def ask(client: httpx.Client, body: Any, role: str, session: dict[str, tuple[Any, str]]) -> Any:
    headers = {"X-Hasura-Role": role} | {name: text for name, (_, text) in session.items()}
    content = json.dumps(body, default=str)
    answer = client.post("/v1/graphql", content=content, headers=headers)
    assert answer.status_code == 200
    return json.loads(answer.text, parse_float=Decimal)


def canonical(select: Select, value: Any) -> Any:
    """An answer in a form that is equal to another's if both say the same, keys in the same order."""
    if value is None:
        return None
    if select.kind == "one":
        return _object(select, value)
    if select.kind == "list":
        return _listed(select, value)
    return [(key, _listed(select, part) if key == "nodes" else _plain(part)) for key, part in value.items()]


def _listed(select: Select, rows: list[Any]) -> list[Any]:
    objects = [_object(select, row) for row in rows]
    return objects if select.arguments.order_by else sorted(objects, key=repr)


def _object(select: Select, row: dict[str, Any]) -> list[Any]:
    inner = {one.key: one for one in select.fields if isinstance(one, Select)}
    return [(key, canonical(inner[key], value) if key in inner else _plain(value)) for key, value in row.items()]


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return [(key, _plain(item)) for key, item in value.items()]
        case bool() | None | str():
            return repr(value)
        case _:
            return f"{Decimal(value).normalize():f}"


@pytest.mark.timeout(900)
@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == DEFAULT_EXAMPLES,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink) if SHRINKS else (Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds(), data=st.data())
def test_every_answer_holds_exactly_what_the_role_may_see(
    database: psycopg.Connection[Any], client: httpx.Client, world: World, data: st.DataObject
):
    database.execute(cast("LiteralString", definitions(world)))
    replaced = client.post("/v1/metadata", json={"type": "replace_metadata", "args": metadata(world)})
    assert replaced.status_code == 200, replaced.text

    for role in (*ROLES, HEIR):
        for _ in range(QUERIES_EACH):
            selects = data.draw(queries(world, role))
            # The second session asks the same text, so that a plan made for the first is used for it.
            for session in SESSIONS:
                writer = Writer(world)
                body = {"query": writer.text(selects), "variables": writer.variables}
                answer = ask(client, body, role, session)
                expected = Oracle(world, role, {name: typed for name, (typed, _) in session.items()}).answer(selects)
                told = json.dumps([role, session, body, answer, expected], default=str)
                assert "data" in answer, told
                assert list(answer["data"]) == list(expected), told
                for select in selects:
                    key = select.key
                    assert canonical(select, answer["data"][key]) == canonical(select, expected[key]), told
