"""Commands that need no platform, through Typer's own runner."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from entrypoints.cli.main import build
from entrypoints.cli.output import Failure
from runtime.secrets import FileStore

VALUE = "a-value-that-nobody-sees"


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(build(), list(arguments), input=given)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRACTALOPS_HOME", str(tmp_path))
    monkeypatch.delenv("FRACTALOPS_GRAPHQL_URL", raising=False)
    return tmp_path


def kept(home: Path, path: str, key: str) -> str | None:
    stored = FileStore(home / "secrets", home / "keys" / "secrets.key").get(path, key)
    return None if stored is None else stored.value.reveal()


def code_of(result: Result) -> str:
    assert isinstance(result.exception, Failure), result
    return result.exception.code


@pytest.mark.parametrize(
    ("given", "value"),
    [(VALUE, VALUE), (f"{VALUE}\n", VALUE), ("first\nsecond\n", "first\nsecond\n")],
)
def test_a_secret_is_kept_from_standard_input_and_never_shown(home: Path, given: str, value: str):
    (home / "credentials.json").write_text("{}")

    result = run("secrets", "put", "secret://file/acme/git#token", "--json", given=given)

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"reference": "secret://file/acme/git#token", "kept": True}
    assert VALUE not in result.output
    assert kept(home, "acme/git", "token") == value


@pytest.mark.parametrize("reference", ["secret://vault/acme#token", "secret://env/ACME#TOKEN"])
def test_only_the_file_backend_is_written_to(home: Path, reference: str):
    (home / "credentials.json").write_text("{}")

    assert code_of(run("secrets", "put", reference, given=VALUE)) == "INVALID_INPUT"


@pytest.mark.usefixtures("home")
def test_a_reference_that_is_none_is_wrong_usage_and_not_repeated():
    result = run("secrets", "put", VALUE, given="x")

    assert result.exit_code == 2
    assert VALUE not in result.output


def test_no_value_is_kept_where_no_stack_lives(home: Path):
    assert code_of(run("secrets", "put", "secret://file/acme#token", given=VALUE)) == "NOT_RUNNING"
    assert list(home.iterdir()) == []


def test_an_empty_value_is_refused(home: Path):
    (home / "credentials.json").write_text("{}")

    assert code_of(run("secrets", "put", "secret://file/acme#token", given="\n")) == "INVALID_INPUT"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "arguments",
    [
        ("proofs", "verify"),
        ("proofs", "verify", "abc", "--file", __file__),
        ("proofs", "verify", "--file", "nowhere.json"),
        ("proofs", "verify", "abc", "--consistency", __file__),
        ("proofs", "consistency"),
        ("proofs", "consistency", "0"),
        ("endpoints", "revise", "repository"),
        ("runtimes", "revise", "sandbox"),
        ("work", "launch", "x", "--continuity", "warm"),
        ("work", "launch", "x", "--idempotency-key", "1"),
        ("work", "create", "--title", "x"),
        ("proposals", "reject", "x"),
        ("secrets", "revise", "x", "--reference", "hunter2"),
        ("onboarding", "start", "nowhere.yaml"),
    ],
)
def test_wrong_usage_ends_with_2_and_asks_nothing(arguments: tuple[str, ...]):
    assert run(*arguments).exit_code == 2


@pytest.mark.usefixtures("home")
def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path):
    file = tmp_path / "bundle.json"
    file.write_text('{"proof_id": "x"}')

    assert code_of(run("proofs", "verify", "--file", str(file))) == "INVALID_INPUT"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("arguments", [("work", "list"), ("whoami",), ("sign-in", "owner")])
def test_without_a_platform_it_says_how_to_start_one(arguments: tuple[str, ...]):
    assert code_of(run(*arguments)) in {"NOT_RUNNING", "NOT_FOUND"}


@pytest.mark.usefixtures("home")
def test_signing_out_when_nobody_is_signed_in_is_fine():
    result = run("sign-out", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"signed_out": False})
