"""The little of the old data commands that set-up files use."""

import json
from typing import Any, cast

import asyncpg

from embedded.hasura.commands.work import Answer, Body, Handler, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.metadata.names import qualified, quoted


async def _insert(work: Work, body: Body) -> Answer:
    """How many rows were inserted by the old `insert` command."""
    arguments = body.arguments
    try:
        table = qualified(arguments.get("table"))
    except ValueError as error:
        raise EngineError("parse-failed", str(error), path="$.args.table") from None
    inserted = 0
    async with work.engine.database.session() as connection:
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


COMMANDS: dict[str, Handler] = {"insert": _insert}
