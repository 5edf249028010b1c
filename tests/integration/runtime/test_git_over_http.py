"""The git driver over git's own smart HTTP, with and without a credential."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.failures import Failure
from runtime.git import Commit, Credential, Git
from runtime.secrets import SecretValue
from tests.integration.runtime.wires import Quiet, git_backend, served
from tests.unit.runtime.repositories import Origin, git, origin

PASSWORD = "p'a$s \"w\\%rd;x"
LOGIN = Credential("us er", SecretValue(PASSWORD))
COMMIT = Commit("Change", "Agent", "agent@example.test", datetime(2026, 5, 4, tzinfo=UTC))


@pytest.fixture
def repository(tmp_path: Path) -> Origin:
    made = origin(tmp_path)
    made.commit({"a": b"1\n"})
    return made


async def failing(awaitable) -> Failure:
    with pytest.raises(Failure) as failed:
        await awaitable
    return failed.value


async def test_a_change_is_fetched_built_and_pushed_with_the_credential(repository: Origin, tmp_path: Path):
    seen: list[str] = []
    mirror, driver = tmp_path / "mirror.git", Git()
    with served(git_backend(tmp_path, seen, login=f"{LOGIN.username}:{PASSWORD}")) as base_url:
        url = f"{base_url}/origin.git"
        base = await driver.fetch(url, "main", mirror, LOGIN)
        (repository.work / "a").write_bytes(b"2\n" * 2_000_000)
        commit = await driver.build_commit(mirror, base, repository.patch(), COMMIT)
        await driver.push(mirror, url, commit, "fractalops/change", expected=None, credential=LOGIN)

        assert (await driver.heads(url, LOGIN)).branches == {"main": base, "fractalops/change": commit}

    assert any(seen)
    assert PASSWORD not in (mirror / "config").read_text()


@pytest.mark.parametrize("credential", [None, Credential("us er", SecretValue("wrong-password"))])
async def test_a_missing_or_wrong_credential_is_denied_without_being_shown(
    repository: Origin, tmp_path: Path, credential: Credential | None
):
    with served(git_backend(tmp_path, [], login=f"{LOGIN.username}:{PASSWORD}")) as base_url:
        failure = await failing(Git().heads(f"{base_url}/origin.git", credential))

    assert (failure.code, failure.retry) == ("ENDPOINT_DENIED", False)
    assert "wrong-password" not in failure.message
    assert repository.at("main")


async def test_a_redirect_to_another_host_does_not_get_the_credential(repository: Origin, tmp_path: Path):
    seen: list[str] = []
    with served(git_backend(tmp_path, seen, login=f"{LOGIN.username}:{PASSWORD}")) as other:

        class Redirect(Quiet):
            def do_GET(self) -> None:  # noqa: N802  - the base class's name
                self.send_response(302)
                self.send_header("Location", other.replace("127.0.0.1", "localhost") + self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()

        with served(Redirect) as base_url:
            failure = await failing(Git().heads(f"{base_url}/origin.git", LOGIN))

    assert failure.code == "ENDPOINT_DENIED"
    assert not any(seen)
    assert repository.at("main")


async def test_a_missing_repository_and_a_faulty_server_are_told_apart(tmp_path: Path):
    class Faulty(Quiet):
        def do_GET(self) -> None:  # noqa: N802  - the base class's name
            self.send_error(503)

    with served(git_backend(tmp_path, [], login=None)) as base_url:
        missing = await failing(Git().heads(f"{base_url}/nothing.git"))
    with served(Faulty) as base_url:
        faulty = await failing(Git().heads(f"{base_url}/origin.git"))

    assert (missing.code, missing.retry) == ("ENDPOINT_MISSING", False)
    assert (faulty.code, faulty.retry) == ("ENDPOINT_UNREACHABLE", True)


async def test_a_hook_of_the_server_that_refuses_is_quoted(repository: Origin, tmp_path: Path):
    hook = repository.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'only on Tuesdays' >&2\nexit 1\n")
    hook.chmod(0o755)
    mirror, driver = tmp_path / "mirror.git", Git()
    with served(git_backend(tmp_path, [], login=None)) as base_url:
        url = f"{base_url}/origin.git"
        base = await driver.fetch(url, "main", mirror)
        (repository.work / "a").write_bytes(b"2\n")
        commit = await driver.build_commit(mirror, base, repository.patch(), COMMIT)

        failure = await failing(driver.push(mirror, url, commit, "main", expected=base))

    assert (failure.code, failure.retry) == ("PUSH_REFUSED", False)
    assert "pre-receive hook declined" in failure.message
    assert "only on Tuesdays" in failure.message
    assert git(repository.bare, "rev-parse", "main").decode().strip() == base


async def test_a_push_whose_answer_was_lost_is_seen_as_done(repository: Origin, tmp_path: Path):
    mirror, driver = tmp_path / "mirror.git", Git()
    backend = git_backend(tmp_path, [], login=None)

    class Cut(backend):  # type: ignore[valid-type, misc]  - a class made by a function
        def do_POST(self) -> None:  # noqa: N802  - the base class's name
            if self.path.endswith("git-receive-pack"):
                written, self.wfile = self.wfile, open("/dev/null", "wb")  # noqa: PTH123, SIM115  - the answer's end
                super().do_POST()
                self.wfile, self.close_connection = written, True
                return
            super().do_POST()

    with served(Cut) as base_url:
        url = f"{base_url}/origin.git"
        base = await driver.fetch(url, "main", mirror)
        (repository.work / "a").write_bytes(b"2\n")
        commit = await driver.build_commit(mirror, base, repository.patch(), COMMIT)

        await driver.push(mirror, url, commit, "main", expected=base)

    assert repository.at("main") == commit
