"""deploy/: what Docker Compose would start is told all that it needs, and nothing else."""

import importlib.util
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from entrypoints import config
from entrypoints.stack.home import LOGIN_ROLES
from tests.contract.deployment.compose import DEPLOY, ROOT, VARIABLE, Compose

SETTINGS: dict[str, Callable[[Mapping[str, str]], object]] = {
    "migrate": config.Migrate.from_environment,
    "api": config.Api.from_environment,
    "dispatcher": config.Dispatcher.from_environment,
    "worker": config.Worker.from_environment,
    "runtime": config.Runtime.from_environment,
    "portal": config.Portal.from_environment,
    "cli": config.Client.from_environment,
}
# Of Supabase's image; its password is what the image is started with.
SUPERUSERS = {"supabase_admin", "fractalops"}
FOR_ADMINISTRATORS = {"SUPABASE_SERVICE_ROLE_KEY"}
_SECRET = re.compile(r"PASS|SECRET|KEY|ENC")
_PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+[\w.-]*")
_ADDRESS = re.compile(r"(?<![\w/$}-])[a-z][\w-]*:\d{2,5}\b|https?://[\w.:/-]+")


class Read(dict[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, key: str, default: str = "") -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.asked.add(key)
        return super().get(key, default)


@pytest.fixture(scope="module")
def compose() -> Compose:
    return Compose((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def variables() -> dict[str, str]:
    """What `.env` holds after `make_env.py` and its owner have filled it."""
    given = {name: value or "given" for name, value in assignments(make_env().filled(example()))}
    return {
        **given,
        "FRACTALOPS_PUBLIC_URL": "https://ops.example.test",
        "DAYTONA_API_URL": "https://daytona.example.test",
    }


def make_env() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_env", DEPLOY / "make_env.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def example() -> str:
    return (DEPLOY / ".env.example").read_text()


def assignments(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name, value


def unread(compose: Compose, service: str, variables: dict[str, str]) -> set[str]:
    """What a service is told and its settings never ask for."""
    told = Read(compose.environment(service, variables))
    SETTINGS[service](told)
    return set(told) - told.asked


def test_the_file_is_what_the_compose_specification_allows(compose: Compose):
    assert compose.misfits() == []


def test_a_key_that_compose_does_not_know_is_told_with_its_place(compose: Compose):
    wrong = Compose(compose.text.replace("    healthcheck:\n", "    healthchecks:\n", 1))

    assert wrong.misfits() == ["$.services.postgres: 'healthchecks' does not match any of the regexes: '^x-'"]


def test_every_process_is_told_exactly_what_its_settings_ask_for(compose: Compose, variables: dict[str, str]):
    assert set(compose.of_ours) == set(SETTINGS)
    for service in SETTINGS:
        assert compose.of_ours[service]["command"][2] == f"entrypoints.{service}"
        assert unread(compose, service, variables) == set()


def test_a_variable_that_is_missing_or_that_nobody_reads_is_told_by_name(compose: Compose, variables: dict[str, str]):
    missing = Compose(compose.text.replace("      FRACTALOPS_WORK_DIR: /var/lib/fractalops/work\n", ""))
    with pytest.raises(config.Misconfigured, match="FRACTALOPS_WORK_DIR"):
        unread(missing, "runtime", variables)

    more = Compose(compose.text.replace("FRACTALOPS_WORK_DIR:", "FRACTALOPS_COLOUR: blue\n      FRACTALOPS_WORK_DIR:"))
    assert unread(more, "runtime", variables) == {"FRACTALOPS_COLOUR"}


def test_every_login_has_the_password_that_the_one_shot_gives_its_role(compose: Compose, variables: dict[str, str]):
    passwords = config.Migrate.from_environment(compose.environment("migrate", variables)).role_passwords
    used = {
        (url.username, url.password)
        for service in compose.services
        for value in compose.environment(service, variables).values()
        if (url := urlsplit(value)).scheme == "postgresql" and url.username not in SUPERUSERS
    }

    assert set(LOGIN_ROLES) <= set(passwords)
    assert used == set(passwords.items())
    assert len(set(passwords.values())) == len(passwords)


def test_hasura_has_the_folder_as_it_is_and_everything_that_it_names(compose: Compose):
    hasura = compose.services["hasura"]
    folder = ROOT / "hasura" / "metadata"
    text = "".join(path.read_text() for path in folder.rglob("*.yaml"))
    named = set(re.findall(r"(?:value_from_env|from_env): *(\w+)", text)) | set(re.findall(r"\{\{(\w+)\}\}", text))

    assert hasura["volumes"] == ["../hasura/metadata:/hasura-metadata:ro"]
    assert (DEPLOY / hasura["volumes"][0].split(":")[0]).resolve() == folder
    assert {"FRACTALOPS_ACTIONS_URL", "FRACTALOPS_ACTION_SECRET", "HASURA_GRAPHQL_DATABASE_URL"} <= named
    assert named <= hasura["environment"].keys()
    api = compose.services["api"]["environment"]["FRACTALOPS_PORT"]
    assert hasura["environment"]["FRACTALOPS_ACTIONS_URL"] == f"http://api:{api}"


def test_migrations_are_applied_by_one_service_and_everything_waits_for_it(compose: Compose, variables: dict[str, str]):
    migrations = ROOT / "hasura" / "migrations"
    mounts = {
        name: mount.split(":")
        for name, service in compose.services.items()
        for mount in service.get("volumes", ())
        if (DEPLOY / mount.split(":")[0]).resolve() == migrations
    }

    assert mounts == {"migrate": ["../hasura/migrations", "/srv/fractalops/hasura/migrations", "ro"]}
    for name, service in compose.services.items():
        of_database = any("@postgres/" in value for value in compose.environment(name, variables).values())
        if of_database and name != "migrate":
            assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}, name


def test_hasuras_metadata_lies_where_the_one_shot_makes_its_database(compose: Compose, variables: dict[str, str]):
    told = compose.environment("hasura", variables)

    assert urlsplit(told["HASURA_GRAPHQL_METADATA_DATABASE_URL"]).path == f"/{config.HASURA_METADATA_DATABASE}"
    assert json.loads(told["HASURA_GRAPHQL_JWT_SECRET"]) == {"type": "HS256", "key": variables["JWT_SECRET"]}


def test_every_image_is_pinned_and_ours_is_of_this_version(compose: Compose):
    dockerfile = (DEPLOY / "images" / "Dockerfile").read_text()
    images = {service["image"] for service in compose.services.values()} | set(
        re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    )
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert [image for image in images if not _PINNED.fullmatch(image)] == []
    assert {service["image"] for service in compose.of_ours.values()} == {f"fractalops:{version}"}


def test_no_secret_has_a_value_and_every_variable_must_be_given(compose: Compose):
    used = set(re.findall(r"\$\{(\w+)", compose.text))
    demanded = set(re.findall(r"\$\{(\w+):\?[^}]+\}", compose.text))
    secrets = {
        f"{name}: {key}"
        for name, service in compose.services.items()
        for key, value in service.get("environment", {}).items()
        if _SECRET.search(key)
        and not key.endswith(("_FILE", "_DIR", "_ENABLED", "_URI"))
        and not VARIABLE.search(value)
    }

    assert used == demanded
    assert secrets == set()
    assert {name for name, _ in assignments(example())} == used | FOR_ADMINISTRATORS
    assert [value for _, value in assignments(example()) if value] == []


def test_secrets_are_made_fresh_each_time_and_what_others_know_is_left_open():
    first, second = (dict(assignments(make_env().filled(example()))) for _ in range(2))

    open_ = {name for name, value in first.items() if not value}
    assert open_ == {
        *("FRACTALOPS_PUBLIC_URL", "DAYTONA_API_URL", "DAYTONA_API_KEY"),
        *("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SENDER"),
    }
    assert [name for name in first.keys() - open_ if first[name] == second[name]] == []


def test_no_address_stands_twice_and_the_gateway_leads_to_services_that_listen(compose: Compose):
    gateway = (DEPLOY / "gateway" / "Caddyfile").read_text()
    told = "\n".join(line for line in compose.text.splitlines() if not re.match(r"\s*(#|image:|- ..?/|test:)", line))
    for text in (told, gateway):
        found = _ADDRESS.findall(text)
        assert len(found) == len(set(found)), found

    fronts = set(compose.services["gateway"]["networks"])
    for service, port in re.findall(r"reverse_proxy ([\w-]+):(\d+)", gateway):
        assert fronts & set(compose.services[service]["networks"]), service
        # Hasura listens on 8080 if nothing else is said.
        ports = {value for key, value in compose.services[service]["environment"].items() if key.endswith("PORT")}
        assert port in (ports or {"8080"}), service


def test_the_api_can_reach_postgres_and_no_other_machine(compose: Compose):
    networks = compose.document["networks"]

    assert compose.services["api"]["networks"] == ["data"]
    assert networks["data"] == {"internal": True}
    outside = {name for name, one in compose.of_ours.items() if "outside" in one["networks"]}
    assert outside == {"runtime", "cli"}
