"""The metadata between starts and between processes: one row of `hdb_catalog.hdb_metadata` with its version."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

import asyncpg

from embedded.hasura.environment import WrongSettingError
from embedded.hasura.errors import EngineError

_LOG = logging.getLogger(__name__)

_SCHEMA = (Path(__file__).parent / "hdb_catalog.sql").read_text(encoding="utf-8")

# The channel on which processes tell each other the newest resource version.
CHANNEL = "hdb_metadata_changed"

# Whoever holds this lock of the metadata database is the only one to start up or to change metadata.
_LOCK = 4_829_617_301_550_001

# Processes show by locks of this class which version they serve.
SHOWN = 482_961_730

# Others need milliseconds; one that hangs for longer than this is left behind.
_NOTICED_WITHIN_S = 2.0
_LOOK_EVERY_S = 0.004

# Enough for a command, for a question meanwhile, and for the log of asynchronous actions.
_CONNECTIONS_MAX = 4

# No number of Hasura's: a genuine one refuses a catalogue it does not know instead of half using it.
_VERSION = "embedded"

_TABLES = ("hdb_metadata", "hdb_version", "hdb_action_log")

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


class MetadataDatabaseError(WrongSettingError):
    """The metadata database cannot be used as it must be."""


@dataclass(frozen=True)
class Stored:
    """What is kept: the metadata in its JSON form, and how often it was changed."""

    metadata: dict[str, Any]
    resource_version: int


class MetadataStore:
    """The metadata of every engine process that was started with the same metadata database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Connect, and create what is missing of the schema.

        Raises:
            MetadataDatabaseError: if the database cannot be reached, or the schema not be created there.
        """
        try:
            self._pool = await asyncpg.create_pool(
                self.url, min_size=1, max_size=_CONNECTIONS_MAX, server_settings={"application_name": "hasura-metadata"}
            )
            async with self.exclusive() as connection:
                await _create(connection)
        except (asyncpg.PostgresError, OSError) as error:
            place = f"database {urlsplit(self.url).path.lstrip('/')} as role {urlsplit(self.url).username}"
            raise MetadataDatabaseError(
                f"Metadata cannot be kept in the schema hdb_catalog of {place}: {error}. "
                "HASURA_GRAPHQL_METADATA_DATABASE_URL must name a database in which that role may create a schema."
            ) from error

    async def close(self) -> None:
        """Let go of the connections."""
        if self._pool is not None:
            self._pool.terminate()

    @property
    def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        """The connections to the metadata database."""
        if self._pool is None:
            raise RuntimeError("the metadata store is not open")
        return self._pool

    @asynccontextmanager
    async def exclusive(self) -> AsyncGenerator[Connection]:
        """A connection that holds, among all processes, the sole right to change metadata.

        The lock is no row lock, so that SQL of the user's may do what it likes with hdb_catalog meanwhile.
        """
        async with self.pool.acquire() as connection:
            await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
            try:
                yield connection
            finally:
                if not connection.is_closed():
                    await connection.execute("SELECT pg_advisory_unlock($1)", _LOCK)

    async def read(self) -> Stored | None:
        """What is kept now; None on a database that never held metadata."""
        row = await self.pool.fetchrow("SELECT metadata, resource_version FROM hdb_catalog.hdb_metadata WHERE id = 1")
        return None if row is None else Stored(json.loads(row["metadata"]), int(row["resource_version"]))

    async def resource_version(self) -> int:
        """How often the metadata was changed; 0 if there is none."""
        found = await self.pool.fetchval("SELECT resource_version FROM hdb_catalog.hdb_metadata WHERE id = 1")
        return int(found or 0)

    async def begin_with(self, metadata: dict[str, Any], *, replace: bool) -> Stored:
        """What is kept after the start: `metadata` if nothing was there or `replace` says so; equals are left alone."""
        async with self.exclusive() as connection:
            kept = await self.read()
            if kept is not None and (not replace or kept.metadata == metadata):
                return kept
            version = await self.write(connection, metadata, kept.resource_version if kept else 0)
            return Stored(metadata, version)

    async def write(self, connection: Connection, metadata: dict[str, Any], replaced_version: int) -> int:
        """The new resource version, after `metadata` took the place of what had `replaced_version`; others are told.

        Raises:
            EngineError: conflict, if something else was written meanwhile.
        """
        text = json.dumps(metadata, ensure_ascii=False)
        async with connection.transaction():
            version = await connection.fetchval(
                "INSERT INTO hdb_catalog.hdb_metadata AS kept (id, metadata, resource_version) VALUES (1, $1, 1)"
                " ON CONFLICT (id) DO UPDATE SET metadata = $1, resource_version = kept.resource_version + 1"
                " WHERE kept.resource_version = $2 RETURNING resource_version",
                text,
                replaced_version,
            )
            if version is None:
                raise conflict(replaced_version)
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, str(version))
        return int(version)

    async def wait_until_noticed(self, connection: Connection, version: int) -> None:
        """Wait, within bounds, until every other process serves `version`."""
        statement = (
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
            " AND classid = $1::bigint::oid AND objsubid = 2 AND objid < $2::bigint::oid"
        )
        try:
            async with asyncio.timeout(_NOTICED_WITHIN_S):
                while await connection.fetchval(statement, SHOWN, version):  # noqa: ASYNC110  - only Postgres knows
                    await asyncio.sleep(_LOOK_EVERY_S)
        except TimeoutError:
            _LOG.warning("another process has not noticed version %d of the metadata yet", version)

    async def catalog_state(self) -> dict[str, Any]:
        """Who this installation is, and what the CLI and the console wanted remembered."""
        row = await self.pool.fetchrow("SELECT hasura_uuid, cli_state, console_state FROM hdb_catalog.hdb_version")
        if row is None:
            raise EngineError("internal-error", "hdb_catalog.hdb_version is empty")
        states = {name: json.loads(row[name]) for name in ("cli_state", "console_state")}
        return {"id": str(row["hasura_uuid"]), **states}

    async def remember(self, who: Literal["cli", "console"], state: dict[str, Any]) -> None:
        """Keep what the CLI or the console wants remembered."""
        column = {"cli": "cli_state", "console": "console_state"}[who]
        await self.pool.execute(f"UPDATE hdb_catalog.hdb_version SET {column} = $1", json.dumps(state))  # noqa: S608  - one of two names


def conflict(referenced: int) -> EngineError:
    """The error for a change that was based on a version which is not the newest."""
    message = f"metadata resource version referenced ({referenced}) did not match current version"
    return EngineError("conflict", message)


async def _create(connection: Connection) -> None:
    """Create what is missing; a role that may create nothing is fine where nothing is missing."""
    missing = await connection.fetchval(
        "SELECT bool_or(to_regclass('hdb_catalog.' || name) IS NULL) FROM unnest($1::text[]) AS name", list(_TABLES)
    )
    async with connection.transaction():
        if missing:
            await connection.execute(_SCHEMA)
        await connection.execute(
            "INSERT INTO hdb_catalog.hdb_version (version, upgraded_on)"
            " SELECT $1, now() WHERE NOT EXISTS (SELECT FROM hdb_catalog.hdb_version)",
            _VERSION,
        )
