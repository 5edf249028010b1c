"""Law 4: no value of a secret comes to lie anywhere, whatever way things go.

A canary's value stands behind every secret contract; the servers beyond give it back in every way; everything is
played once for this module, and then every place is searched.
"""

import resource
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from tests.contract.laws.canary import far_side, onboardings, planted
from tests.contract.laws.canary.paths import WORK, WorkPath, slug
from tests.contract.laws.canary.planted import Plant
from tests.contract.laws.canary.playing import Played, played
from tests.contract.laws.canary.scene import FAILING, SENT, WORKING

# One stack, and all that is played on it, is the set-up of whichever test comes first.
pytestmark = pytest.mark.timeout(600)


@pytest_asyncio.fixture(scope="module", name="played")
async def _played(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Played]:
    async with played(tmp_path_factory.mktemp("git")) as done:
        yield done


async def test_no_value_lies_anywhere(played: Played):
    assert [str(leak) for leak in await played.scene.searched()] == []


@pytest.mark.parametrize("path", WORK, ids=slug)
async def test_the_way_of_work_went_as_it_was_meant_to(played: Played, path: WorkPath):
    assert path.ends in played.ends[path.name]


async def test_every_check_of_the_working_organization_passed(played: Played):
    assert {name: detail for name, (state, detail) in played.checks[WORKING].items() if state != "passed"} == {}


async def test_every_endpoint_and_secret_of_the_failing_organization_failed_its_check(played: Played):
    checks = played.checks[FAILING]
    resolvable = {f"{FAILING}/{name}" for name in ("http#password", "git#wrong", "http#ascii")}

    assert {name for name, (state, _) in checks.items() if state == "passed"} == resolvable
    assert {f"{answer}, {auth}" for answer in far_side.FAILING for auth in onboardings.TELLING} < set(checks)


async def test_a_value_that_came_sealed_is_in_its_place_and_one_for_another_version_was_refused(played: Played):
    path, _, key = SENT.partition("#")
    stored = played.scene.store.get(path, key)

    assert played.sent == ["failed", "succeeded"]
    assert played.checks["sent"][SENT][0] == "passed"
    assert stored is not None
    assert stored.value.reveal() == played.scene.canaries.of(SENT).value


async def test_what_was_pasted_by_mistake_was_refused(played: Played):
    assert "" not in played.refusals


async def test_a_store_that_cannot_be_opened_denied_its_values(played: Played):
    for how in ("a key that others may read", "another key"):
        assert all(
            state == "failed" and "store could not be opened" in detail for state, detail in played.checks[how].values()
        ), how


async def test_the_watch_saw_who_was_told_a_secret(played: Played):
    seen = {line.split(b"\0")[1] for _, line in played.scene.watch.arguments if line.startswith(b"git\0")}

    assert seen >= {b"fetch", b"push", b"ls-remote"}
    assert any(b"git-remote-http" in line or b"remote-http" in line for _, line in played.scene.watch.arguments)


async def test_each_server_was_told_the_credential_that_it_gave_back(played: Played):
    values = {one.value for one in played.scene.canaries.made.values()}

    assert all(one.credentials and one.credentials <= values for one in played.scene.git.repositories.values())
    assert played.frames


async def test_a_dump_of_the_runtimes_memory_is_not_written(played: Played):
    runtime = played.scene.world.stack.pid_of("runtime")

    assert resource.prlimit(runtime, resource.RLIMIT_CORE) == (0, 0)


# What is planted, the place that is told, and a word of the remedy.
PLANTED: dict[str, tuple[Plant, str, str]] = {
    "row": (planted.row, "table public.endpoint_readiness, column detail, row (", "runtime.secrets.redact"),
    "row of another database": (planted.row_elsewhere, "database hasura_metadata", "runtime.secrets.redact"),
    "event": (planted.event, "table public.portal_live_events, column data", "runtime.secrets.redact"),
    "artifact": (planted.artifact, "table public.artifact, column body", "runtime.secrets.redact"),
    "log line": (planted.log_line, "logs/api.log:", "Find who wrote this line"),
    "history": (planted.history, "event 1 (WORKFLOW_EXECUTION_STARTED)", "hand on references"),
    "process": (planted.process, "process ", "Everybody on the machine can read arguments"),
    "environment": (planted.environment, "the environment of process ", "Only the execution runtime"),
    "file of a sandbox": (planted.sandbox_file, "data/daytona/", "A sandbox is never given a secret"),
    "git configuration": (planted.git_configuration, "/config", "never by URL or config"),
    "git object": (planted.git_object, "git objects of data/runtime/", "A mirror holds commits only"),
    "unsealed secret": (planted.unsealed, "secrets/", "must seal values"),
    "API answer": (planted.answer, "GraphQL endpoint_readiness as viewer", "Answer with words of our own"),
}


@pytest.mark.parametrize("kind", PLANTED)
async def test_a_value_that_was_planted_is_found_with_its_place_and_remedy(played: Played, kind: str):
    plant, place, remedy = PLANTED[kind]
    value = played.scene.canaries.of(f"planted/{kind.replace(' ', '-')}#value").value

    async with plant(played.scene, value) as search:
        leaks = [str(leak) for leak in await search()]

    contract = f"the value behind planted/{kind.replace(' ', '-')}#value"
    assert any(place in leak and contract in leak and remedy in leak for leak in leaks), leaks
    assert value not in "".join(leaks)
