"""One statement run for many subscribers, so that the error of one does not become the error of all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.pool import PollPool

Row = tuple[str | None, ...]
Outcome = Row | EngineError

# Classes of SQLSTATE that may be about the values of one subscriber: wrong data, a constraint, a function that raises.
# Everything else (no such table, a timeout, no database) is the same for all, and asking each alone would not help.
_PERSONAL = {"22", "23", "38", "39", "P0"}


class _FailedBatchError(Exception):
    def __init__(self, shown: EngineError, *, personal: bool) -> None:
        super().__init__(shown.message)
        self.shown = shown
        self.personal = personal


@dataclass(frozen=True)
class Asked:
    """A row of a batch: `variables` is the JSON list of all parameters' texts."""

    id: UUID
    variables: str


def variables_text(wires: Sequence[Wire]) -> str:
    """Bound parameters as the JSON list that a batch takes; lists become array literals."""
    texts = [_array(wire) if isinstance(wire, list) else wire for wire in wires]
    return json.dumps(texts, ensure_ascii=False)


async def ask(pool: PollPool, statement: Multiplexed, batch: Sequence[Asked]) -> Mapping[UUID, Outcome]:
    """What Postgres answers to each of the batch.

    If the statement fails for a reason that may lie with one of them, each is asked alone.
    """
    try:
        return await _ask(pool, statement, batch)
    except _FailedBatchError as error:
        if len(batch) == 1 or not error.personal:
            return {asked.id: error.shown for asked in batch}
    outcomes: dict[UUID, Outcome] = {}
    for asked in batch:
        try:
            outcomes.update(await _ask(pool, statement, [asked]))
        except _FailedBatchError as error:
            outcomes[asked.id] = error.shown
    return outcomes


async def check(pool: PollPool, statement: Multiplexed, wires: Sequence[Wire]) -> None:
    """Refuse parameters that Postgres cannot read as their types.

    Raises:
        EngineError: Postgres' complaint.
    """
    if not statement.check:
        return
    try:
        await _fetch(pool, statement, statement.check, list(wires))
    except _FailedBatchError as error:
        raise error.shown from error


async def _ask(pool: PollPool, statement: Multiplexed, batch: Sequence[Asked]) -> dict[UUID, Outcome]:
    arguments = [[asked.id for asked in batch], [asked.variables for asked in batch]]
    rows = await _fetch(pool, statement, statement.sql, arguments)
    return {row[0]: tuple(row)[1:] for row in rows}


async def _fetch(
    pool: PollPool, statement: Multiplexed, sql: str, arguments: Sequence[object]
) -> Sequence["asyncpg.Record"]:
    try:
        return await pool.fetch(sql, arguments)
    except asyncpg.PostgresError as error:
        path = statement.paths[0] if len(statement.paths) == 1 else "$"
        shown = translated(error, path, {"statement": sql})
        raise _FailedBatchError(shown, personal=str(error.sqlstate)[:2] in _PERSONAL) from error
    except (OSError, asyncpg.InterfaceError, TimeoutError) as error:
        shown = EngineError("postgres-error", "connection error", internal=str(error))
        raise _FailedBatchError(shown, personal=False) from error


def _array(items: list[str | None]) -> str:
    quoted = ("NULL" if item is None else '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return "{" + ",".join(quoted) + "}"
