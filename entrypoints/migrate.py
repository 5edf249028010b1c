"""Bring the schema up to date: each migration once, in order, and refused when an applied one has changed.

`python -m entrypoints.migrate` also loads the catalogue of endpoint kinds, gives Hasura a database for its metadata
and sets the login roles' passwords.
"""

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import yaml

from contracts.endpoints import ReadinessContract
from entrypoints.config import HASURA_METADATA_DATABASE, ROOT, Migrate
from ledger.pool import connect

MIGRATIONS = ROOT / "hasura" / "migrations" / "default"
CATALOGUE = ROOT / "seeds" / "catalogue.yaml"

# Two migrators at once would run the same migration twice; this number is only ours.
_LOCK = 7_151_202_611_220_001

_RECORD = """
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE TABLE IF NOT EXISTS ledger.migration (
    version bigint PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationChangedError(Exception):
    """An applied migration is not what it was, or is gone."""


@dataclass(frozen=True)
class Migration:
    """One folder `<ms>_<words>` with its `up.sql`."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The hash that the database remembers."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def found(folder: Path = MIGRATIONS) -> list[Migration]:
    """Every migration, oldest first."""
    migrations = [
        Migration(int(path.parent.name.split("_", 1)[0]), path.parent.name, path.read_text())
        for path in folder.glob("*/up.sql")
    ]
    return sorted(migrations, key=lambda one: one.version)


async def migrate(url: str, migrations: list[Migration]) -> list[str]:
    """The names of the migrations that were applied now; each in a transaction of its own.

    Raises:
        MigrationChangedError: if an applied one has another hash now, or is missing.
    """
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_RECORD)
        applied = {
            int(row["version"]): str(row["sha256"])
            for row in await connection.fetch("SELECT version, sha256 FROM ledger.migration")
        }
        check(applied, migrations)
        done: list[str] = []
        for migration in migrations:
            if migration.version not in applied:
                async with connection.transaction():
                    await connection.execute(migration.sql)
                    await connection.execute(
                        "INSERT INTO ledger.migration (version, name, sha256) VALUES ($1, $2, $3)",
                        migration.version,
                        migration.name,
                        migration.sha256,
                    )
                done.append(migration.name)
        return done
    finally:
        await connection.close()


def check(applied: dict[int, str], migrations: list[Migration]) -> None:
    """Nothing, if what was applied is what the folder holds.

    Raises:
        MigrationChangedError: naming the first that differs.
    """
    here = {migration.version: migration for migration in migrations}
    for version, sha256 in sorted(applied.items()):
        migration = here.get(version)
        if migration is None:
            raise MigrationChangedError(f"Migration {version} was applied and is gone from the folder; put it back.")
        if migration.sha256 != sha256:
            raise MigrationChangedError(
                f"Migration {migration.name} was applied and has changed since; put it back and add a new one."
            )


async def load_catalogue(url: str, file: Path = CATALOGUE) -> int:
    """How many endpoint kinds the catalogue has; rows are brought to what the file says."""
    rows = yaml.safe_load(await asyncio.to_thread(file.read_text))
    pool = await connect(url, size_max=1, application="fractalops-migrate")
    try:
        await pool.executemany(
            """INSERT INTO public.endpoint_kind (kind, title, protocol, readiness) VALUES ($1, $2, $3, $4)
            ON CONFLICT (kind) DO UPDATE SET title = excluded.title, protocol = excluded.protocol,
                readiness = excluded.readiness""",
            [
                (
                    row["kind"],
                    row["title"],
                    row["protocol"],
                    ReadinessContract.model_validate(row["readiness"]).model_dump(mode="json"),
                )
                for row in rows
            ],
        )
    finally:
        await pool.close()
    return len(rows)


async def set_passwords(url: str, passwords: dict[str, str]) -> None:
    """Give the login roles the passwords of this stack."""
    connection = await asyncpg.connect(url)
    try:
        for role, password in passwords.items():
            statement = await connection.fetchval(
                "SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)", role, password
            )
            await connection.execute(statement)
    finally:
        await connection.close()


async def give_database(url: str, name: str, owner: str) -> None:
    """See to it that a database exists on the same server which belongs to `owner` and is closed to all others."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name):
            create = "SELECT format('CREATE DATABASE %I OWNER %I', $1::text, $2::text)"
            await connection.execute(await connection.fetchval(create, name, owner))
        close = "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $1::text)"
        await connection.execute(await connection.fetchval(close, name))
    finally:
        await connection.close()


async def main() -> None:
    """Migrate, load the catalogue, give Hasura a place for its metadata, set passwords, and say what was done."""
    config = Migrate.from_environment(os.environ)
    done = await migrate(config.database_url, found())
    await give_database(config.database_url, HASURA_METADATA_DATABASE, "fo_hasura")
    kinds = await load_catalogue(config.database_url)
    await set_passwords(config.database_url, dict(config.role_passwords))
    print(f"ready {len(done)} migrations applied, {kinds} endpoint kinds", flush=True)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except MigrationChangedError as error:
        raise SystemExit(f"migrate: {error}") from error
