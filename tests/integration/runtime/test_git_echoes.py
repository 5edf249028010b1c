"""Git servers that give the credential back: nothing of it stands in what the git driver tells."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.git import Commit, Credential, Git
from runtime.secrets import SecretValue
from tests.contract.laws.canary import far_side, git_side
from tests.contract.laws.canary.finder import finds
from tests.contract.laws.canary.git_side import GitServer, Repository
from tests.contract.laws.canary.paths import WORK
from tests.contract.laws.canary.values import Canaries
from tests.unit.runtime.repositories import failing, git

CANARIES = Canaries()
VALUE = CANARIES.of("acme/git#token").value
LOGIN = Credential("user", SecretValue(VALUE))
COMMIT = Commit("Change", "Agent", "agent@example.test", datetime(2026, 5, 4, tzinfo=UTC))
ECHOING = {path.name: path.at_first for path in WORK if "tells" in path.name}


@pytest.fixture
def server(tmp_path: Path) -> GitServer:
    made = GitServer(tmp_path)
    made.add("one", f"user:{VALUE}")
    return made


@pytest.fixture
def url(server: GitServer) -> Generator[str]:
    with far_side.served(server.answers) as base_url:
        yield f"{base_url}/one/repository.git"


@pytest.mark.parametrize("how", ECHOING)
async def test_a_push_that_is_refused_tells_nothing_of_the_credential(
    server: GitServer, url: str, tmp_path: Path, how: str
):
    at_first: Callable[[Repository], None] = ECHOING[how]
    at_first(server.repositories["one"])
    mirror, driver = tmp_path / "mirror.git", Git()
    base = await driver.fetch(url, "main", mirror, LOGIN)
    work = tmp_path / "one" / "work"
    (work / "a.txt").write_text("after\n")
    commit = await driver.build_commit(mirror, base, git(work, "diff", "--binary"), COMMIT)

    failure = await failing(driver.push(mirror, url, commit, "main", expected=base, credential=LOGIN))

    assert failure.code == "PUSH_REFUSED"
    assert "[redacted]" in failure.message
    assert finds(failure.message.encode(), CANARIES) == []


@pytest.mark.parametrize("refuses", [git_side.denies, git_side.breaks, git_side.sends_away])
async def test_a_fetch_that_is_refused_tells_nothing_of_it_and_is_not_its_own_cause(
    server: GitServer, url: str, tmp_path: Path, refuses: Callable[..., bytes]
):
    server.repositories["one"].refuses = refuses

    failure = await failing(Git().fetch(url, "main", tmp_path / "mirror.git", LOGIN))

    assert failure.code in {"ENDPOINT_DENIED", "ENDPOINT_UNREACHABLE"}
    assert failure.__cause__ is not failure
    assert finds(failure.message.encode(), CANARIES) == []


async def test_a_branch_that_is_named_after_the_credential_is_not_listed(server: GitServer, url: str):
    server.repositories["one"].refuses = git_side.names_a_branch_after_it

    remote = await Git().heads(url, LOGIN)

    assert (remote.default_branch, remote.branches) == (None, {})
