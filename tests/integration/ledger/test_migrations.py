"""Migrations: applied once, refused when changed; what they say agrees with the contracts."""

import dataclasses

import asyncpg
import pytest

from contracts.states import MOVERS, TRANSITIONS
from embedded.postgres.server import PostgresServer
from entrypoints.migrate import MigrationChangedError, found, give_database, load_catalogue, migrate, set_passwords
from ledger.errors import MEANINGS
from tests.support.ledger import Api
from tests.support.postgres import scratch_database


async def test_a_second_migration_run_applies_nothing(postgres: PostgresServer):
    url = await scratch_database(postgres, "migrate_twice")

    assert await migrate(url, found()) == [migration.name for migration in found()]
    assert await migrate(url, found()) == []


async def test_an_applied_migration_that_changed_is_refused(postgres: PostgresServer):
    url = await scratch_database(postgres, "migrate_changed")
    await migrate(url, found())
    changed = [dataclasses.replace(one, sql=one.sql + "\n-- another thought") for one in found()]

    with pytest.raises(MigrationChangedError, match="has changed"):
        await migrate(url, changed)


async def test_an_applied_migration_that_is_gone_is_refused(postgres: PostgresServer):
    url = await scratch_database(postgres, "migrate_gone")
    await migrate(url, found())

    with pytest.raises(MigrationChangedError, match="is gone"):
        await migrate(url, found()[:-1])


async def test_a_migration_that_fails_leaves_nothing_of_itself(postgres: PostgresServer):
    url = await scratch_database(postgres, "migrate_fails")
    broken = dataclasses.replace(found()[-1], version=1, name="1_broken", sql="CREATE TABLE half (id int); SELECT 1/0;")

    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(url, [broken])

    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT to_regclass('half')") is None
    assert await connection.fetchval("SELECT count(*) FROM ledger.migration") == 0
    await connection.close()


async def test_a_database_of_its_own_is_given_once_and_closed_to_the_others(postgres: PostgresServer):
    url = await scratch_database(postgres, "migrate_gives")
    await migrate(url, found())
    await set_passwords(url, dict.fromkeys(("fo_hasura", "fo_api"), "scratch"))

    await give_database(url, "migrate_given", "fo_hasura")
    await give_database(url, "migrate_given", "fo_hasura")

    host = url.rsplit("@", 1)[1].rsplit("/", 1)[0]
    owner = await asyncpg.connect(f"postgresql://fo_hasura:scratch@{host}/migrate_given")
    await owner.execute("CREATE SCHEMA hdb_catalog")
    await owner.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(f"postgresql://fo_api:scratch@{host}/migrate_given")


async def test_the_catalogue_is_brought_to_what_its_file_says(postgres: PostgresServer, tmp_path):
    url = await scratch_database(postgres, "catalogue")
    await migrate(url, found())
    file = tmp_path / "catalogue.yaml"
    file.write_text("- {kind: git, title: Before, protocol: git, readiness: {}}\n")
    await load_catalogue(url, file)
    file.write_text("- {kind: git, title: After, protocol: git, readiness: {}}\n")

    await load_catalogue(url, file)

    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT title FROM endpoint_kind") == "After"
    await connection.close()


async def test_the_database_knows_exactly_the_transitions_of_the_contracts(api: Api):
    rows = await api.superuser.fetch("SELECT entity, from_state, to_state FROM ledger.transition")

    expected = {(e, a, b) for e, moves in TRANSITIONS.items() for a, targets in moves.items() for b in targets}
    assert {tuple(row) for row in rows} == expected


async def test_the_database_knows_exactly_who_moves_what_in_the_contracts(api: Api):
    rows = await api.superuser.fetch("SELECT entity, to_state, role FROM ledger.mover")

    assert {tuple(row) for row in rows} == {
        (e, to, role) for e, states in MOVERS.items() for to, role in states.items()
    }
    reached = {
        (e, to) for e, moves in TRANSITIONS.items() if e in MOVERS for targets in moves.values() for to in targets
    }
    assert {(e, to) for e, to, _ in map(tuple, rows)} == reached


async def test_every_constraint_with_a_meaning_exists(api: Api):
    named = await api.superuser.fetch("SELECT conname FROM pg_constraint")
    raised = await api.superuser.fetchval(
        "SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace"
    )
    transitions = {f"{entity}_transition" for entity in TRANSITIONS}

    known = {row["conname"] for row in named} | transitions
    assert [name for name in MEANINGS if name not in known and f"'{name}'" not in raised] == []
