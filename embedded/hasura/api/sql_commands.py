"""`run_sql` and the little of the old data commands that set-up files use, on a connection of their own."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.database import Database
from embedded.hasura.execute.sql_errors import described, translated
from embedded.hasura.metadata.names import qualified, quoted

_STRUCTURE = re.compile(r"\b(alter|create|drop|comment|rename|replace|do|call)\b", re.IGNORECASE)


@dataclass(frozen=True)
class SqlAnswer:
    """What `run_sql` answers, and whether tables may have changed."""

    body: dict[str, Any]
    may_change_structure: bool


async def run_sql(database: Database, arguments: dict[str, Any]) -> SqlAnswer:
    """The rows of the last statement, all cells as text, in a transaction of its own.

    Raises:
        EngineError: postgres-error, with Postgres' account of it.
    """
    sql = arguments.get("sql")
    if not isinstance(sql, str):
        raise EngineError("parse-failed", "the key 'sql' was not present", path="$.args")
    read_only = bool(arguments.get("read_only"))
    async with database.session() as connection:
        try:
            body = await _in_transaction(connection, sql, read_only=read_only)
        except asyncpg.PostgresError as error:
            internal: dict[str, Any] = {"statement": sql, "prepared": False, "error": described(error), "arguments": []}
            raise EngineError(
                "postgres-error", "query execution failed", path="$.args", status=400, internal=internal
            ) from error
    changes = bool(arguments.get("check_metadata_consistency")) or _STRUCTURE.search(sql) is not None
    return SqlAnswer(body, changes and not read_only)


async def _in_transaction(
    connection: "asyncpg.Connection[asyncpg.Record]", sql: str, *, read_only: bool
) -> dict[str, Any]:
    async with connection.transaction(readonly=read_only):
        if _single_select(sql):
            rows = await connection.fetch(_as_texts(sql))
            described_rows = await connection.prepare(sql.strip().rstrip(";"))
            header = [attribute.name for attribute in described_rows.get_attributes()]
            cells = [[_cell(value) for value in json.loads(row[0])] for row in rows]
            return {"result_type": "TuplesOk", "result": [header, *cells]}
        await connection.execute(sql)
        return {"result_type": "CommandOk", "result": None}


def _single_select(sql: str) -> bool:
    text = sql.strip().rstrip(";").strip()
    return ";" not in text and re.match(r"(select|with|values|table)\b", text, re.IGNORECASE) is not None


def _as_texts(sql: str) -> str:
    """Each row as one JSON list of texts: json_each keeps the order of columns and writes any value as text."""
    inner = sql.strip().rstrip(";")
    return (
        "SELECT coalesce((SELECT json_agg(cell.value) FROM json_each_text(row_to_json(q)) AS cell), '[]')"  # noqa: S608  - running the admin's SQL is the command
        f" FROM ({inner}) AS q"
    )


def _cell(value: str | None) -> str:
    return "NULL" if value is None else value


async def insert_rows(database: Database, arguments: dict[str, Any]) -> dict[str, Any]:
    """How many rows were inserted by the old `insert` command.

    Raises:
        EngineError: what Postgres complains of.
    """
    try:
        table = qualified(arguments.get("table"))
    except ValueError as error:
        raise EngineError("parse-failed", str(error), path="$.args.table") from None
    inserted = 0
    async with database.session() as connection:
        try:
            async with connection.transaction():
                for row in cast("list[dict[str, Any]]", arguments.get("objects") or []):
                    names = ", ".join(quoted(name) for name in row)
                    statement = (
                        f"INSERT INTO {table.sql} ({names}) SELECT {names}"  # noqa: S608  - identifiers are quoted
                        f" FROM json_populate_record(NULL::{table.sql}, $1)"
                    )
                    await connection.execute(statement, json.dumps(row))
                    inserted += 1
        except asyncpg.PostgresError as error:
            raise translated(error, "$.args") from error
    return {"affected_rows": inserted}
