"""The list of what runs: its order, and who is told which secret."""

from pathlib import Path

import pytest

from entrypoints.config import Ports
from entrypoints.stack.home import Credentials, Home
from entrypoints.stack.parts import Part, Plan, all_parts


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(home=Home(tmp_path), ports=Ports(), credentials=Credentials.generate())


@pytest.fixture
def parts(plan: Plan) -> dict[str, Part]:
    return {part.name: part for part in all_parts(plan)}


def told(parts: dict[str, Part], value: str) -> set[str]:
    """The parts in whose environment the value stands."""
    return {name for name, part in parts.items() if any(value in said for said in part.environment.values())}


def test_every_part_comes_after_what_it_needs(parts: dict[str, Part]):
    seen: set[str] = set()
    for name, part in parts.items():
        assert set(part.needs) <= seen, name
        seen.add(name)


def test_only_the_runtime_learns_where_keys_to_secrets_are(parts: dict[str, Part], plan: Plan):
    assert told(parts, str(plan.home.keys)) == {"runtime"}
    assert told(parts, str(plan.home.folder / "secrets")) == {"runtime"}


def test_only_the_runtime_gets_the_secrets_of_the_environment(plan: Plan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRACTALOPS_SECRET_ACME__GIT__TOKEN", "only for the runtime")

    assert told({part.name: part for part in all_parts(plan)}, "only for the runtime") == {"runtime"}


def test_only_the_api_and_hasura_know_the_action_secret(parts: dict[str, Part], plan: Plan):
    assert told(parts, plan.credentials.action_secret) == {"api", "hasura"}


def test_only_those_that_set_the_database_up_are_its_superuser(parts: dict[str, Part], plan: Plan):
    assert told(parts, plan.credentials.superuser_password) == {"postgres", "migrate", "supabase"}


def test_only_those_that_check_tokens_know_how_to_sign_them(parts: dict[str, Part], plan: Plan):
    assert told(parts, plan.credentials.jwt_secret) == {"supabase", "hasura"}


def test_each_process_logs_in_with_a_role_of_its_own(parts: dict[str, Part], plan: Plan):
    for role, password in plan.credentials.role_passwords.items():
        part = role.removeprefix("fo_")
        assert told(parts, password) == {part, "migrate"}


def test_the_api_and_the_portal_know_neither_temporal_nor_a_sandbox(parts: dict[str, Part]):
    for name in ("api", "portal", "hasura", "supabase"):
        assert not {"TEMPORAL_ADDRESS", "DAYTONA_API_KEY"} & parts[name].environment.keys()


def test_credentials_are_shown_by_nobody_who_prints_them():
    made = Credentials.generate()

    assert made.admin_secret not in repr(made)
