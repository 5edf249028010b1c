"""The git driver on real repositories of this machine: pushing, and what is refused before git sees it."""

import dataclasses
import os
import socket
from pathlib import Path

import pytest

from runtime.git import Git
from tests.unit.runtime.repositories import COMMIT, Origin, failing, git


@pytest.fixture
async def change(repository: Origin, driver: Git, mirror: Path) -> tuple[str, str]:
    """A base on main and a commit on top of it, in the mirror."""
    base = repository.commit({"a": b"1\n"})
    await driver.fetch(repository.url, "main", mirror)
    (repository.work / "a").write_bytes(b"2\n")
    return base, await driver.build_commit(mirror, base, repository.patch(), COMMIT)


async def test_a_push_moves_the_branch_and_repeating_it_changes_nothing(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change

    await driver.push(mirror, repository.url, commit, "main", expected=base)
    await driver.push(mirror, repository.url, commit, "main", expected=base)

    assert repository.at("main") == commit


async def test_a_push_to_a_new_branch_leaves_the_others(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change

    await driver.push(mirror, repository.url, commit, "fractalops/change", expected=None)
    await driver.push(mirror, repository.url, commit, "fractalops/change", expected=None)

    assert repository.at("fractalops/change") == commit
    assert repository.at("main") == base


async def test_a_branch_that_moved_is_not_overwritten(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change
    newer = repository.commit({"b": b"someone was faster"})

    failure = await failing(driver.push(mirror, repository.url, commit, "main", expected=base))

    assert (failure.code, failure.retry) == ("BASE_MOVED", False)
    assert repository.at("main") == newer


async def test_a_branch_that_should_be_new_but_exists_is_not_touched(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change

    failure = await failing(driver.push(mirror, repository.url, commit, "main", expected=None))

    assert failure.code == "BASE_MOVED"
    assert repository.at("main") == base


async def test_what_is_no_fast_forward_is_refused_even_if_the_lease_holds(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change
    await driver.push(mirror, repository.url, commit, "main", expected=base)

    failure = await failing(driver.push(mirror, repository.url, base, "main", expected=commit))

    assert failure.code == "PUSH_REFUSED"
    assert repository.at("main") == commit


async def test_a_race_between_looking_and_pushing_is_caught_by_the_lease(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str], monkeypatch: pytest.MonkeyPatch
):
    base, commit = change
    looked, newer = Git._is_there, []

    async def look_then_lose(self: Git, *arguments) -> bool:
        answer = await looked(self, *arguments)
        if not newer:
            newer.append(repository.commit({"b": b"in between"}))
        return answer

    monkeypatch.setattr(Git, "_is_there", look_then_lose)
    failure = await failing(driver.push(mirror, repository.url, commit, "main", expected=base))

    assert failure.code == "BASE_MOVED"
    assert repository.at("main") == newer[0]


async def test_a_remote_s_own_rule_is_a_refusal_in_its_words(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change
    work = repository.work
    git(work, "config", "receive.denyCurrentBranch", "refuse")
    local = f"file://{work}"

    failure = await failing(driver.push(mirror, local, commit, "main", expected=base))

    assert failure.code == "PUSH_REFUSED"
    assert "branch is currently checked out" in failure.message


async def test_a_hook_in_a_local_repository_does_not_run(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str], tmp_path: Path
):
    base, commit = change
    for name in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        hook = repository.bare / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        hook.chmod(0o755)

    await driver.push(mirror, repository.url, commit, "main", expected=base)

    assert not (tmp_path / "ran").exists()


async def test_a_repository_of_another_owner_can_be_read_and_written(
    repository: Origin, driver: Git, mirror: Path, change: tuple[str, str]
):
    base, commit = change
    if os.geteuid() == 0:
        for path in (repository.bare, *repository.bare.rglob("*")):
            os.chown(path, 12345, 12345)

    await driver.push(mirror, repository.url, commit, "main", expected=base)

    assert (await driver.heads(repository.url)).branches == {"main": commit}


@pytest.mark.parametrize(
    "url",
    [
        "--upload-pack=touch /tmp/x",
        "ext::sh -c 'touch x'",
        "ext::sh",
        "fd::3",
        "https://user:password@example.test/x.git",
        "https://token@example.test/x.git",
        "ssh://-oProxyCommand=x/y",
        "ssh://user:password@example.test/x.git",
        "git@-oProxyCommand=x:y",
        "ftp://example.test/x.git",
        "https:///x.git",
        "https://example.test/a b",
        "https://example.test/\n",
        "relative/path",
        "",
    ],
)
async def test_a_url_that_is_not_plainly_a_repository_is_refused_before_git_sees_it(driver: Git, url: str):
    assert (await failing(driver.heads(url))).code == "URL_REFUSED"


async def test_local_repositories_are_closed_unless_they_are_allowed(repository: Origin):
    for url in (repository.url, str(repository.bare)):
        assert (await failing(Git().heads(url))).code == "URL_REFUSED"


@pytest.mark.parametrize(
    "branch",
    [
        "",
        "-x",
        "a..b",
        "a b",
        "a~1",
        "a:b",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a.lock",
        "a/b.lock/c",
        "@",
        "HEAD",
        "a@{1}",
        "a\n",
    ],
)
async def test_a_branch_name_that_git_would_not_take_is_refused(
    driver: Git, repository: Origin, mirror: Path, branch: str
):
    assert (await failing(driver.fetch(repository.url, branch, mirror))).code == "BRANCH_REFUSED"


@pytest.mark.parametrize("commit", ["", "-x", "HEAD", "abc", "A" * 40, "0" * 40 + "\n"])
async def test_a_commit_is_named_by_its_full_id_only(driver: Git, mirror: Path, tmp_path: Path, commit: str):
    assert (await failing(driver.bundle(mirror, commit, tmp_path))).code == "COMMIT_REFUSED"


@pytest.mark.parametrize(
    "change_of",
    [
        {"author_name": "A\nparent 0"},
        {"author_name": "A <b@c>"},
        {"author_name": " "},
        {"author_email": "a>b"},
        {"message": " \n"},
        {"message": "a\0b"},
    ],
)
async def test_a_commit_s_header_cannot_be_written_through_its_fields(
    driver: Git, mirror: Path, change_of: dict[str, str]
):
    commit = dataclasses.replace(COMMIT, **change_of)

    assert (await failing(driver.build_commit(mirror, "0" * 40, b"x", commit))).code == "COMMIT_REFUSED"


async def test_settings_of_the_folder_we_stand_in_are_not_read(
    repository: Origin, driver: Git, monkeypatch: pytest.MonkeyPatch
):
    commit = repository.commit({"a": b"1"})
    git(repository.work, "config", "url.http://127.0.0.1:1/.insteadOf", repository.url)
    monkeypatch.chdir(repository.work)

    assert (await driver.heads(repository.url)).branches == {"main": commit}


async def test_a_remote_that_does_not_end_is_given_up():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        driver = Git(remote_timeout_s=0.5)

        failure = await failing(driver.heads(f"http://127.0.0.1:{listener.getsockname()[1]}/x.git"))

    assert (failure.code, failure.retry) == ("ENDPOINT_UNREACHABLE", True)
