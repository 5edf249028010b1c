"""What each process is told, and what it hears when something is missing."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from entrypoints import config

FULL = {
    "FRACTALOPS_DATABASE_URL": "postgresql://somewhere/db",
    "FRACTALOPS_ACTION_SECRET": "s",
    "FRACTALOPS_PORT": "17500",
    "FRACTALOPS_PORTAL_PORT": "17700",
    "FRACTALOPS_GRAPHQL_URL": "https://graphql.example.test/v1/graphql",
    "FRACTALOPS_ADMIN_SECRET": "a",
    "FRACTALOPS_SUPABASE_URL": "https://supabase.example.test",
    "FRACTALOPS_ANON_KEY": "k",
    "FRACTALOPS_SERVICE_ROLE_KEY": "r",
    "FRACTALOPS_SEED_PASSWORD": "p",
    "FRACTALOPS_ROLE_PASSWORDS": json.dumps({"fo_api": "x"}),
    "FRACTALOPS_SECRETS_DIR": "/secrets",
    "FRACTALOPS_SECRETS_KEY_FILE": "/keys/secrets.key",
    "FRACTALOPS_SIGNING_KEY_FILE": "/keys/signing.key",
    "FRACTALOPS_WORK_DIR": "/work here",
    "TEMPORAL_ADDRESS": "temporal.example.test:7233",
    "DAYTONA_API_URL": "https://daytona.example.test/api",
    "DAYTONA_API_KEY": "d",
}
Builder = Callable[[Mapping[str, str]], object]
NEEDED: list[tuple[Builder, set[str]]] = [
    (config.Api.from_environment, {"FRACTALOPS_DATABASE_URL", "FRACTALOPS_ACTION_SECRET", "FRACTALOPS_PORT"}),
    (config.Dispatcher.from_environment, {"FRACTALOPS_DATABASE_URL", "TEMPORAL_ADDRESS"}),
    (config.Worker.from_environment, {"FRACTALOPS_DATABASE_URL", "TEMPORAL_ADDRESS"}),
    (
        config.Runtime.from_environment,
        {
            *("FRACTALOPS_DATABASE_URL", "TEMPORAL_ADDRESS", "DAYTONA_API_URL", "DAYTONA_API_KEY"),
            *("FRACTALOPS_SECRETS_DIR", "FRACTALOPS_SECRETS_KEY_FILE", "FRACTALOPS_SIGNING_KEY_FILE"),
            "FRACTALOPS_WORK_DIR",
        },
    ),
    (config.Migrate.from_environment, {"FRACTALOPS_DATABASE_URL"}),
    (config.Client.from_environment, {"FRACTALOPS_GRAPHQL_URL", "FRACTALOPS_SUPABASE_URL", "FRACTALOPS_ANON_KEY"}),
]


@pytest.mark.parametrize(("build", "needed"), NEEDED)
def test_exactly_what_is_needed_is_asked_for_and_missed_by_name(build: Builder, needed: set[str]):
    given = {name: FULL[name] for name in needed}
    build(given)

    for name in needed:
        with pytest.raises(config.Misconfigured, match=name):
            build({other: value for other, value in given.items() if other != name})


def test_an_empty_value_is_a_missing_one():
    with pytest.raises(config.Misconfigured, match="TEMPORAL_ADDRESS"):
        config.Worker.from_environment({**FULL, "TEMPORAL_ADDRESS": ""})


@pytest.mark.parametrize("said", ["", "http", "0", "65536", "-1"])
def test_a_port_must_be_a_port(said: str):
    with pytest.raises(config.Misconfigured, match="FRACTALOPS_PORT"):
        config.Api.from_environment({**FULL, "FRACTALOPS_PORT": said})


def test_local_repositories_are_allowed_only_if_said_so():
    assert not config.Runtime.from_environment(FULL).allow_local_repositories
    said = {**FULL, "FRACTALOPS_ALLOW_LOCAL_REPOSITORIES": "true"}
    assert config.Runtime.from_environment(said).allow_local_repositories
    with pytest.raises(config.Misconfigured, match="true or false"):
        config.Runtime.from_environment({**FULL, "FRACTALOPS_ALLOW_LOCAL_REPOSITORIES": "yes"})


@pytest.mark.parametrize("said", ["[1]", "{", "1"])
def test_role_passwords_must_be_an_object(said: str):
    with pytest.raises(config.Misconfigured, match="FRACTALOPS_ROLE_PASSWORDS"):
        config.Migrate.from_environment({**FULL, "FRACTALOPS_ROLE_PASSWORDS": said})


def test_a_password_with_any_character_stands_in_a_url_as_itself():
    url = config.database_url(5432, "fo_api", "a/b@c:d?")

    assert url == "postgresql://fo_api:a%2Fb%40c%3Ad%3F@127.0.0.1:5432/postgres"


def test_a_child_gets_nothing_of_the_callers_environment_that_it_has_no_use_for():
    given = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "HTTPS_PROXY": "http://proxy.example.test", "NO_PROXY": "a"}

    inside = config.child_environment(outside=False, environment=given)
    outside = config.child_environment(outside=True, environment=given)

    assert inside.keys() == {"PATH", "PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONSAFEPATH"}
    assert outside["HTTPS_PROXY"] == "http://proxy.example.test"
    assert outside["NO_PROXY"] == "a,127.0.0.1,localhost"
    assert "AWS_SECRET_ACCESS_KEY" not in outside


def test_the_state_folder_can_be_anywhere(tmp_path: Path):
    assert config.state_folder({"FRACTALOPS_HOME": str(tmp_path / "a b")}) == tmp_path / "a b"
    assert config.state_folder({}) == config.ROOT / ".state"
