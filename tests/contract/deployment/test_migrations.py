"""hasura/ is a project that hasura-cli takes, and its migrations end at a database that only its owner opens."""

import os
import shutil
import subprocess
from pathlib import Path

import asyncpg
import pytest

from embedded.postgres.server import PostgresServer, program
from entrypoints.migrate import MIGRATIONS, found, give_database, load_catalogue, migrate, set_passwords
from tests.contract.deployment.compose import DEPLOY, ROOT
from tests.contract.deployment.migrations import complaints
from tests.support.postgres import scratch_postgres

OWNERS_PASSWORD = "0a1b2c"

# As Supabase's image has them, with what it grants on whatever its own superusers create in `public`.
AS_IN_SUPABASES_IMAGE = """
CREATE ROLE supabase_admin SUPERUSER LOGIN;
CREATE ROLE supabase_auth_admin LOGIN CREATEROLE;
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres, supabase_admin IN SCHEMA public
    GRANT ALL ON TABLES TO anon, authenticated, service_role;
CREATE PUBLICATION supabase_realtime;
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "hasura", tmp_path / "hasura"))


def test_the_folder_is_a_project_that_the_command_line_takes(project: Path):
    assert complaints(project) == []
    assert MIGRATIONS == ROOT / "hasura" / "migrations" / "default"


def test_what_the_command_line_would_pass_over_is_told(project: Path):
    migrations = project / "migrations"
    (project / "config.yaml").write_text("version: 2\nmetadata_directory: metadata\nmigrations_directory: migrations\n")
    (migrations / "default" / "1790000001000_again").mkdir()
    (migrations / "default" / "1790000001000_again" / "up.sql").touch()
    (migrations / "default" / "add-column").mkdir()
    (migrations / "default" / "1790000099000_nothing").mkdir()
    (migrations / "other").mkdir()

    assert [complaint.partition(" ")[0] for complaint in complaints(project)] == [
        "config.yaml:1:",
        "migrations/default/1790000001000_roles_and_schemas:",
        "migrations/default/1790000099000_nothing:",
        "migrations/default/add-column:",
        "migrations/other:",
    ]


async def test_on_supabases_postgres_nobody_gets_more_than_the_migrations_say():
    async with scratch_postgres() as server:
        superuser = await asyncpg.connect(server.url)
        await superuser.execute(AS_IN_SUPABASES_IMAGE)
        run_psql(server, DEPLOY / "postgres" / "owner.sql")
        owner = server.url.replace("postgres:scratch@", f"fractalops:{OWNERS_PASSWORD}@")

        await migrate(owner, found())
        await give_database(owner, "hasura_metadata", "fo_hasura")
        await load_catalogue(owner)
        await set_passwords(owner, {"fo_hasura": "h", "supabase_auth_admin": "a"})

        granted = await superuser.fetch(
            "SELECT grantee::text, table_name::text, privilege_type::text FROM information_schema.table_privileges"
            " WHERE table_schema IN ('public', 'ledger')"
            " AND grantee IN ('anon', 'authenticated', 'service_role', 'PUBLIC')"
        )
        hook = await superuser.fetchval(
            "SELECT has_function_privilege('supabase_auth_admin', 'ledger.access_token_hook(jsonb)', 'EXECUTE')"
            " AND has_schema_privilege('supabase_auth_admin', 'ledger', 'USAGE')"
        )
        schema_owner = await superuser.fetchval(
            "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = '_realtime'"
        )
        published = await superuser.fetch("SELECT tablename::text FROM pg_publication_tables")
        await superuser.close()

    assert [tuple(row) for row in granted] == [("authenticated", "harness_projection", "SELECT")]
    assert hook
    assert schema_owner == "supabase_admin"
    assert [row[0] for row in published] == ["harness_projection"]


def run_psql(server: PostgresServer, script: Path) -> None:
    """Run a script as Supabase's image runs it: by psql, with the container's environment."""
    subprocess.run(
        [program("psql"), "--set", "ON_ERROR_STOP=1", "--file", str(script), server.url],
        env={**os.environ, "FRACTALOPS_OWNER_PASSWORD": OWNERS_PASSWORD},
        check=True,
        capture_output=True,
    )
