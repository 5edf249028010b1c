"""`fractalops up`, `down`, `status`, `logs` as programs, with tiny parts; and that no ending leaves anything behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.integration.stack.tiny import lives, pids
from tests.support.waiting import until

ROOT = Path(__file__).parents[3]
PROMISED = {
    *("graphql_url", "hasura_url", "admin_secret", "supabase_url", "anon_key", "jwt_secret", "database_url"),
    *("temporal_address", "temporal_ui_url", "daytona_api_url", "daytona_api_key", "portal_url", "actions_url"),
    *("users", "pid", "service_role_key", "home"),
}
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FRACTALOPS_HOME": str(tmp_path / "home with a space"),
        "FO_TEST_NOTES": str(tmp_path / "notes"),
    }


@pytest.fixture
def notes(environment: dict[str, str]) -> Path:
    return Path(environment["FO_TEST_NOTES"])


@pytest.fixture
async def start(environment: dict[str, str], notes: Path) -> AsyncIterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*prefix, sys.executable, "-m", "tests.integration.stack.tiny_cli", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)
    await until(lambda: not any(map(lives, pids(notes))), within_s=30, what="the end of every part")


def first_document(process: subprocess.Popen[str]) -> dict[str, object]:
    """The JSON object that the process prints, read while the process goes on."""
    assert process.stdout
    text = ""
    for line in process.stdout:
        text += line
        if line == "}\n":
            return json.loads(text)
    raise AssertionError(f"no document, but: {text}")


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_up_prints_one_object_with_every_address_and_ends_well_when_told_to(start: Start, notes: Path):
    process = start("up", "--ephemeral", "--json")
    told = first_document(process)
    process.send_signal(signal.SIGTERM)
    code, rest, err = finished(process)

    assert set(told) == PROMISED
    assert told["pid"] == process.pid
    assert told["users"] == {"owner": {"email": "owner@example.test", "password": "open"}}
    assert (code, rest, err) == (0, "", "")
    assert not any(map(lives, pids(notes)))
    assert not Path(str(told["home"])).exists()


async def test_killing_the_supervisor_leaves_no_process_and_no_folder(start: Start, notes: Path):
    process = start("up", "--ephemeral", "--json")
    told = first_document(process)
    process.kill()

    await until(lambda: not any(map(lives, pids(notes))), within_s=15, what="the end of every part")
    await until(lambda: not Path(str(told["home"])).exists(), within_s=15, what="the folder's end")


async def test_a_stack_ends_when_whoever_started_it_is_killed(start: Start, notes: Path):
    process = start("up", "--ephemeral", "--json", prefix=("sh", "-c", '"$@"; true', "sh"))
    told = first_document(process)
    process.kill()

    assert told["pid"] != process.pid
    await until(lambda: not lives(int(str(told["pid"]))), within_s=15, what="the supervisor's end")
    assert not any(map(lives, pids(notes)))


def test_a_detached_stack_outlives_its_command_and_is_found_refused_twice_and_stopped(start: Start, notes: Path):
    code, out, _ = finished(start("up", "--detach", "--json"))
    told = json.loads(out)
    assert code == 0
    assert set(told) == PROMISED

    code, out, _ = finished(start("status", "--json"))
    seen = {part["name"]: part["phase"] for part in json.loads(out)["parts"]}
    assert (code, seen) == (0, {"store": "ready", "service": "ready", "seed": "done"})

    code, out, _ = finished(start("up", "--json"))
    assert (code, json.loads(out)["error"]["code"]) == (1, "ALREADY_RUNNING")

    code, out, _ = finished(start("logs", "service", "--json"))
    assert (code, json.loads(out)) == (0, [{"part": "service", "lines": ["ready service"]}])

    code, out, _ = finished(start("down", "--json"))
    assert (code, json.loads(out)["stopped"]) == (0, True)
    assert not any(map(lives, pids(notes)))
    assert finished(start("status"))[0] == 1


def test_credentials_stay_from_one_start_to_the_next_and_only_the_owner_reads_them(
    start: Start, environment: dict[str, str]
):
    secrets: list[object] = []
    for _ in range(2):
        secrets.append(json.loads(finished(start("up", "--detach", "--json"))[1])["admin_secret"])
        finished(start("down"))
    kept = Path(environment["FRACTALOPS_HOME"]) / "credentials.json"

    assert secrets[0] == secrets[1]
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_a_killed_persistent_stack_can_be_started_again_at_once(start: Start, notes: Path):
    told = json.loads(finished(start("up", "--detach", "--json"))[1])
    os.kill(told["pid"], signal.SIGKILL)
    before = pids(notes)

    async def starts() -> bool:
        return finished(start("up", "--detach", "--json"))[0] == 0

    await until(starts, within_s=20, what="a second start")
    assert not any(map(lives, before))
    finished(start("down"))


def test_wrong_usage_is_told_apart_from_failure(start: Start):
    assert finished(start("up", "--detach", "--ephemeral"))[0] == 2
    assert finished(start("no-such-command"))[0] == 2
    assert finished(start("status"))[0] == 1
    assert finished(start("logs", "nobody"))[0] == 1


def test_stopping_what_does_not_run_is_done(start: Start):
    code, out, _ = finished(start("down", "--json"))

    assert (code, json.loads(out)["stopped"]) == (0, False)
