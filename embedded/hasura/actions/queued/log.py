"""The log of asynchronous actions' calls: a table of Hasura's form, in the database that holds the metadata.

Whoever carries out a call holds an advisory lock named after it. The lock ends with its owner's connection, so a call
that is `processing` and not locked has lost its owner, and may be tried again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import asyncpg

from embedded.hasura.schema.exact import exact_json, read_json

_CONNECTIONS_MAX = 4
_STATEMENT_TIMEOUT_MS = 30_000

_LOCK_OF_CALL = "hashtextextended(id::text, 7261190243)"

_ADD = """
INSERT INTO hdb_catalog.hdb_action_log (action_name, session_variables, request_headers, input_payload, status)
VALUES ($1, ($2::text)::jsonb, ($3::text)::jsonb, ($4::text)::jsonb, 'created') RETURNING id::text
"""

_READ = """
SELECT id::text AS id, to_json(created_at)::text AS created_at, response_payload::text AS output,
  (CASE WHEN $4::boolean THEN errors ELSE errors - 'internal' END)::text AS errors
FROM hdb_catalog.hdb_action_log
WHERE id = ($1::text)::uuid AND action_name = $2 AND ($3::text IS NULL OR session_variables = ($3::text)::jsonb)
"""

_CLAIM = f"""
UPDATE hdb_catalog.hdb_action_log SET status = 'processing' WHERE id IN (
  SELECT id FROM hdb_catalog.hdb_action_log WHERE status = 'created' AND action_name = ANY($1::text[])
  ORDER BY created_at FOR UPDATE SKIP LOCKED LIMIT $2
)
RETURNING id::text AS id, action_name, request_headers::text AS headers, session_variables::text AS session,
  input_payload::text AS input, pg_try_advisory_lock({_LOCK_OF_CALL})
"""  # noqa: S608  - the parts are constants of this file

_COMPLETE = """
UPDATE hdb_catalog.hdb_action_log
SET status = 'completed', response_payload = ($2::text)::jsonb, response_received_at = now()
WHERE id = ($1::text)::uuid AND status = 'processing'
"""

_FAIL = """
UPDATE hdb_catalog.hdb_action_log
SET status = 'error', errors = ($2::text)::jsonb, response_received_at = now()
WHERE id = ($1::text)::uuid AND status = 'processing'
"""

_RELEASE = """
UPDATE hdb_catalog.hdb_action_log SET status = 'created'
WHERE status = 'processing' AND id = ANY(($1::text[])::uuid[])
"""

_RECOVER = f"""
UPDATE hdb_catalog.hdb_action_log SET status = 'created'
WHERE status = 'processing' AND NOT id = ANY(($1::text[])::uuid[]) AND pg_try_advisory_xact_lock({_LOCK_OF_CALL})
"""  # noqa: S608  - the same

_FORGET = "DELETE FROM hdb_catalog.hdb_action_log WHERE action_name = $1"

_UNLOCK = f"SELECT pg_advisory_unlock({_LOCK_OF_CALL}) FROM unnest($1::text[]) AS call(id)"  # noqa: S608  - the same

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@dataclass(frozen=True)
class LoggedCall:
    """A call that waits to be carried out, as it was asked for."""

    id: str
    action_name: str
    headers: tuple[tuple[str, str], ...]
    session: dict[str, str]
    input: Any


@dataclass(frozen=True)
class Outcome:
    """What the log says of a call, each part as JSON text; `output` and `errors` are None until there are some."""

    id: str
    created_at: str
    output: str | None
    errors: str | None


class ActionLog:
    """The log, in a table that the store of metadata makes; nothing is asked of it before it is needed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        """Let go of all connections."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def connect(self) -> Connection:
        """A connection of one's own, for whoever carries out calls.

        Raises:
            asyncpg.PostgresError, OSError: if there is none to be had.
        """
        await self._ready()
        return await asyncpg.connect(self._url, server_settings=_settings("hasura-actions"))

    async def add(
        self, action: str, session: Mapping[str, str], headers: Sequence[tuple[str, str]], given: Mapping[str, Any]
    ) -> str:
        """The id of a call that was added.

        Raises:
            asyncpg.PostgresError, OSError: if it was not.
        """
        pool = await self._ready()
        texts = exact_json(dict(session)), exact_json(dict(headers)), exact_json(dict(given))
        return str(await pool.fetchval(_ADD, action, *texts))

    async def read(
        self, action: str, call_id: str, session: Mapping[str, str] | None, *, internals_shown: bool
    ) -> Outcome | None:
        """What became of a call, None if there is none with that id; only one's own, unless `session` is None.

        Raises:
            asyncpg.PostgresError, OSError: if the log cannot be read.
        """
        pool = await self._ready()
        asker = None if session is None else exact_json(dict(session))
        row = await pool.fetchrow(_READ, call_id, action, asker, internals_shown)
        return None if row is None else Outcome(row["id"], row["created_at"], row["output"], row["errors"])

    async def claim(self, connection: Connection, actions: Sequence[str], calls_max: int) -> list[LoggedCall]:
        """Calls that nobody has begun, the oldest first; from now on they belong to the holder of `connection`."""
        rows = await connection.fetch(_CLAIM, list(actions), calls_max)
        return [_call(row) for row in rows]

    async def complete(self, call_id: str, response: str) -> None:
        """Note a handler's answer."""
        await (await self._ready()).execute(_COMPLETE, call_id, response)

    async def fail(self, call_id: str, errors: dict[str, Any]) -> None:
        """Note why there is no answer."""
        await (await self._ready()).execute(_FAIL, call_id, exact_json(errors))

    async def unlock(self, connection: Connection, call_ids: Sequence[str]) -> None:
        """Give up calls that are done with."""
        await connection.execute(_UNLOCK, list(call_ids))

    async def release(self, call_ids: Sequence[str]) -> None:
        """Give calls back that were begun and not finished."""
        await (await self._ready()).execute(_RELEASE, list(call_ids))

    async def recover(self, own: Sequence[str]) -> None:
        """Give back all calls whose owners are gone; `own` are those of the asker."""
        await (await self._ready()).execute(_RECOVER, list(own))

    async def forget(self, action: str) -> None:
        """Remove everything about an action."""
        await (await self._ready()).execute(_FORGET, action)

    async def _ready(self) -> "asyncpg.Pool[asyncpg.Record]":
        if self._pool is not None:
            return self._pool
        async with self._opening:
            if self._pool is None:
                pool = await asyncpg.create_pool(
                    self._url, min_size=0, max_size=_CONNECTIONS_MAX, server_settings=_settings("hasura-action-log")
                )
                self._pool = pool
            return self._pool


def _settings(name: str) -> dict[str, str]:
    return {"application_name": name, "statement_timeout": str(_STATEMENT_TIMEOUT_MS)}


def _call(row: asyncpg.Record) -> LoggedCall:
    headers = cast("dict[str, str]", read_json(row["headers"]))
    session = cast("dict[str, str]", read_json(row["session"]))
    return LoggedCall(row["id"], row["action_name"], tuple(headers.items()), session, read_json(row["input"]))
