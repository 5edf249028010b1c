"""Random roles try to change random rows: the table must end up as the permissions, read without SQL, allow."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import Engine, running_engine
from tests.integration.embedded.hasura.mutations.oracle import (
    GROUPS,
    LEADS,
    LEVELS,
    OWNERS,
    SESSION,
    Filter,
    Filters,
    Row,
)
from tests.support.postgres import scratch_database

ROLES, ATTEMPTS, ROWS = 24, 8, 12
REFUSED = "check constraint of an insert/update permission has failed"
COLUMNS = ("owner", "level", "team_id")


@dataclass(frozen=True)
class Role:
    """What a role may do."""

    name: str
    insert: Filter
    update: Filter
    check: Filter | None
    delete: Filter


def made_role(number: int) -> Role:
    chance = random.Random(number)  # noqa: S311  - repeatable, not secret
    make = Filters(chance).make
    return Role(f"role{number}", make(), make(), chance.choice((None, make())), make())


def metadata(roles: list[Role]) -> dict[str, Any]:
    def granted(permission: Any) -> list[dict[str, Any]]:
        return [{"role": role.name, "permission": permission(role)} for role in roles]

    doc = {
        "table": "doc",
        "object_relationships": [{"name": "team", "using": {"foreign_key_constraint_on": "team_id"}}],
        "select_permissions": granted(lambda _role: {"columns": "*", "filter": {}}),
        "insert_permissions": granted(lambda role: {"columns": "*", "check": role.insert.written}),
        "update_permissions": granted(
            lambda role: {
                "columns": "*",
                "filter": role.update.written,
                "check": None if role.check is None else role.check.written,
            },
        ),
        "delete_permissions": granted(lambda role: {"filter": role.delete.written}),
    }
    source = {"name": "default", "kind": "postgres", "configuration": {}, "tables": [doc, {"table": "team"}]}
    return {"version": 3, "sources": [source]}


@pytest_asyncio.fixture(scope="module")
async def oracle_url(postgres: PostgresServer) -> str:
    url = await scratch_database(postgres, "hasura_oracle")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE team (id int PRIMARY KEY, lead text)")
    await connection.execute(
        "CREATE TABLE doc (id serial PRIMARY KEY, owner text, level int, team_id int REFERENCES team (id))"
    )
    await connection.executemany("INSERT INTO team VALUES ($1, $2)", list(LEADS.items()))
    await connection.close()
    return url


@pytest_asyncio.fixture(scope="module")
async def oracle_engine(oracle_url: str) -> AsyncIterator[Engine]:
    async with running_engine(oracle_url) as running:
        answer = await running.command("replace_metadata", metadata([made_role(i) for i in range(ROLES)]))
        assert answer.status_code == 200, answer.text
        yield running


class Attempts:
    """Random changes by one role, on a model of the table and on the table itself."""

    def __init__(self, role: Role, engine: Engine, database: asyncpg.Connection, chance: random.Random) -> None:
        self._role = role
        self._engine = engine
        self._database = database
        self._chance = chance
        self.passed = 0

    def row(self) -> Row:
        values = {"owner": OWNERS, "level": LEVELS, "team_id": GROUPS}
        return {name: self._chance.choice(values[name]) for name in COLUMNS}

    def without_some_nulls(self, row: Row) -> Row:
        return {name: value for name, value in row.items() if value is not None or self._chance.random() < 0.5}

    async def fill(self) -> None:
        await self._database.execute("TRUNCATE doc RESTART IDENTITY")
        for row in (self.row() for _ in range(ROWS)):
            await self._database.execute("INSERT INTO doc (owner, level, team_id) VALUES ($1, $2, $3)", *row.values())

    async def table(self) -> list[Row]:
        return [dict(row) for row in await self._database.fetch("SELECT * FROM doc ORDER BY id")]

    async def asked(self, query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        return await self._engine.post(body, role=self._role.name, **SESSION)

    async def insert(self) -> None:
        before = await self.table()
        rows = [self.row() for _ in range(self._chance.randint(1, 3))]
        sent = [self.without_some_nulls(row) for row in rows]
        query = "mutation ($rows: [doc_insert_input!]!) { insert_doc(objects: $rows) { returning { id } } }"

        answer = await self.asked(query, rows=sent)

        fine = all(self._role.insert.holds(row) is True for row in rows)
        self.judge(answer, fine=fine)
        written = [{name: row[name] for name in COLUMNS} for row in (await self.table())[len(before) :]]
        assert written == (rows if fine else [])

    async def update(self) -> None:
        before = await self.table()
        owner, changes = self._chance.choice(OWNERS[1:]), self.row()
        sent = {name: changes[name] for name in COLUMNS if self._chance.random() < 0.6}
        query = """mutation ($owner: String!, $set: doc_set_input!) {
          update_doc(where: {_or: [{owner: {_neq: $owner}}, {owner: {_is_null: true}}]}, _set: $set) {
            affected_rows } }"""

        answer = await self.asked(query, owner=owner, set=sent)

        wanted = [row for row in before if row["owner"] != owner] if sent else []
        picked = [row for row in wanted if self._role.update.holds(row) is True]
        after = [row | sent if row in picked else row for row in before]
        check = self._role.check
        fine = check is None or all(check.holds(row | sent) is True for row in picked)
        self.judge(answer, fine=fine)
        assert await self.table() == (after if fine else before)

    async def delete(self) -> None:
        before = await self.table()
        level = self._chance.choice(LEVELS[1:])
        query = "mutation ($level: Int!) { delete_doc(where: {level: {_gte: $level}}) { affected_rows } }"

        answer = await self.asked(query, level=level)

        self.judge(answer, fine=True)
        gone = [
            row
            for row in before
            if row["level"] is not None and row["level"] >= level and self._role.delete.holds(row) is True
        ]
        assert await self.table() == [row for row in before if row not in gone]
        assert answer["data"]["delete_doc"]["affected_rows"] == len(gone)

    def judge(self, answer: dict[str, Any], *, fine: bool) -> None:
        if fine:
            assert "data" in answer, answer
            self.passed += 1
        else:
            assert answer["errors"][0]["message"] == REFUSED


@pytest.mark.parametrize("number", range(ROLES))
async def test_a_role_changes_exactly_what_its_permissions_allow(oracle_engine, oracle_url, number):
    database = await asyncpg.connect(oracle_url)
    chance = random.Random(1_000 + number)  # noqa: S311  - repeatable, not secret
    attempts = Attempts(made_role(number), oracle_engine, database, chance)
    try:
        for _ in range(ATTEMPTS):
            await attempts.fill()
            for change in (attempts.insert, attempts.update, attempts.delete):
                await change()
    finally:
        await database.close()
    assert attempts.passed >= ATTEMPTS
