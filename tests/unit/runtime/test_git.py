"""The git driver on real repositories of this machine."""

import dataclasses
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.failures import Failure
from runtime.git import Commit, Git, Surroundings
from runtime.git_changes import FileKind, FileStatus
from tests.unit.runtime.repositories import Origin, git, origin

COMMIT = Commit("Say hello", "Agent", "agent@example.test", datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC))


@pytest.fixture
def repository(tmp_path: Path) -> Origin:
    return origin(tmp_path)


@pytest.fixture
def driver() -> Git:
    return Git(Surroundings(allow_local=True))


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    return tmp_path / "mirrors" / "one.git"


async def failing(awaitable) -> Failure:
    with pytest.raises(Failure) as failed:
        await awaitable
    return failed.value


async def test_a_remote_tells_its_branches_and_which_is_the_default(repository: Origin, driver: Git):
    first = repository.commit({"a": b"1"})
    second = repository.commit({"a": b"2"}, branch="feature/ö")

    remote = await driver.heads(repository.url)

    assert remote.default_branch == "main"
    assert remote.branches == {"main": first, "feature/ö": second}


async def test_an_empty_repository_is_ready_but_has_nothing_to_fetch(repository: Origin, driver: Git, mirror: Path):
    assert (await driver.heads(repository.url)).empty

    failure = await failing(driver.fetch(repository.url, "main", mirror))

    assert failure.code == "REPOSITORY_EMPTY"


async def test_a_missing_branch_is_named(repository: Origin, driver: Git, mirror: Path):
    repository.commit({"a": b"1"})

    failure = await failing(driver.fetch(repository.url, "other", mirror))

    assert (failure.code, failure.message) == ("BRANCH_MISSING", "The repository has no branch other.")


async def test_a_missing_repository_is_told_apart_from_one_out_of_reach(driver: Git, tmp_path: Path):
    missing = await failing(driver.heads(f"file://{tmp_path}/nothing.git"))
    unreachable = await failing(driver.heads("http://127.0.0.1:1/repository.git"))

    assert (missing.code, missing.retry) == ("ENDPOINT_MISSING", False)
    assert (unreachable.code, unreachable.retry) == ("ENDPOINT_UNREACHABLE", True)


async def test_fetching_gives_the_branch_s_commit_and_follows_a_rewritten_branch(
    repository: Origin, driver: Git, mirror: Path
):
    first = repository.commit({"a": b"1"})
    assert await driver.fetch(repository.url, "main", mirror) == first

    git(repository.work, "checkout", "--quiet", "--orphan", "anew")
    rewritten = repository.commit({"b": b"2"})

    assert await driver.fetch(repository.url, "main", mirror) == rewritten


async def test_a_bundle_carries_the_commit_and_its_history(
    repository: Origin, driver: Git, mirror: Path, tmp_path: Path
):
    repository.commit({"a": b"1"})
    commit = repository.commit({"a": b"2"})
    await driver.fetch(repository.url, "main", mirror)

    bundle = await driver.bundle(mirror, commit, tmp_path)

    git(tmp_path, "init", "--quiet", "clone")
    git(tmp_path / "clone", "fetch", "--quiet", str(bundle), f"refs/bundles/{commit}")
    assert git(tmp_path / "clone", "rev-list", "--count", commit).strip() == b"2"


async def test_an_approved_patch_becomes_the_same_commit_every_time(repository: Origin, driver: Git, mirror: Path):
    base = repository.commit({"a": b"1\n"})
    await driver.fetch(repository.url, "main", mirror)
    (repository.work / "a").write_bytes(b"2\n")
    patch = repository.patch()

    ids = {await driver.build_commit(mirror, base, patch, COMMIT) for _ in range(3)}

    assert len(ids) == 1
    shown = git(mirror, "cat-file", "-p", ids.pop()).decode()
    assert f"parent {base}\n" in shown
    assert "author Agent <agent@example.test> 1777863721 +0000\n" in shown
    assert "committer Agent <agent@example.test> 1777863721 +0000\n" in shown
    assert shown.endswith("\n\nSay hello\n")


async def test_every_kind_of_change_arrives_byte_for_byte(repository: Origin, driver: Git, mirror: Path):
    binary = bytes(range(256)) * 40
    base = repository.commit(
        {
            "text": b"one\ntwo\n",
            "gone": b"x\n",
            "old name": b"".join(b"line %d\n" % number for number in range(50)),
            "latin": b"caf\xe9 \xff\n",
            "image": binary,
            "script": b"#!/bin/sh\n",
            "crlf": b"a\r\nb\r\n",
            "no end": b"no newline",
        }
    )
    await driver.fetch(repository.url, "main", mirror)
    work = repository.work
    (work / "gone").unlink()
    (work / "old name").rename(work / "new name")
    (work / "latin").write_bytes(b"caf\xe9 \xfe\n")
    (work / "image").write_bytes(binary[::-1])
    (work / "script").chmod(0o755)
    (work / "crlf").write_bytes(b"a\r\nc\r\n")
    (work / "no end").write_bytes(b"still no newline")
    (work / "empty").write_bytes(b"")
    (work / "trailing ").write_bytes(b"white space  \n\n\n")
    (work / "link").symlink_to("../../etc/passwd")
    odd = os.fsdecode(b'n\xe4me\twith\nodd "bytes"')
    (work / odd).write_bytes(b"odd\n")
    git(work, "add", "--all")
    wanted = git(work, "write-tree").decode().strip()
    patch = repository.patch()

    commit = await driver.build_commit(mirror, base, patch, COMMIT)
    files = {file.path: file for file in await driver.changed_files(mirror, base, patch)}

    assert git(mirror, "rev-parse", f"{commit}^{{tree}}").decode().strip() == wanted
    assert files["new name"].status is FileStatus.RENAMED
    assert files["new name"].before_path == "old name"
    assert files["gone"].status is FileStatus.DELETED
    assert files["image"].added is None
    assert files["script"].mode_changed
    assert files["link"].kind is FileKind.SYMLINK
    assert (files["crlf"].added, files["crlf"].deleted) == (1, 1)
    assert files['n\\xe4me\\twith\\nodd "bytes"'].status is FileStatus.ADDED
    assert len(files) == 11


async def test_a_submodule_stays_a_link_and_is_not_fetched(repository: Origin, driver: Git, mirror: Path):
    link = "1" * 40
    repository.commit({"a": b"1", ".gitmodules": b'[submodule "s"]\n\tpath = s\n\turl = http://127.0.0.1:1/s.git\n'})
    git(repository.work, "update-index", "--add", "--cacheinfo", f"160000,{link},s")
    git(repository.work, "commit", "--quiet", "--message", "link")
    git(repository.work, "push", "--quiet", str(repository.bare), "HEAD:refs/heads/main")
    base = repository.head()
    assert await driver.fetch(repository.url, "main", mirror) == base
    patch = (
        f"diff --git a/s b/s\nindex {link}..{'2' * 40} 160000\n--- a/s\n+++ b/s\n@@ -1 +1 @@\n"
        f"-Subproject commit {link}\n+Subproject commit {'2' * 40}\n"
    ).encode()

    commit = await driver.build_commit(mirror, base, patch, COMMIT)
    (file,) = await driver.changed_files(mirror, base, patch)

    assert git(mirror, "ls-tree", commit, "s").decode().startswith(f"160000 commit {'2' * 40}\t")
    assert file.kind is FileKind.SUBMODULE


@pytest.mark.parametrize(
    "patch",
    [
        b"",
        b"no patch at all\n",
        b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-something else\n+2\n",
        b"diff --git a/.git/x b/.git/x\nnew file mode 100755\n--- /dev/null\n+++ b/.git/x\n@@ -0,0 +1 @@\n+x\n",
        b"--- a/../../x\n+++ b/../../x\n@@ -0,0 +1 @@\n+x\n",
    ],
    ids=["empty", "prose", "other context", "into .git", "out of the tree"],
)
async def test_a_patch_that_does_not_fit_is_refused_in_git_s_words(
    repository: Origin, driver: Git, mirror: Path, patch: bytes
):
    base = repository.commit({"a": b"1\n"})
    await driver.fetch(repository.url, "main", mirror)

    failure = await failing(driver.build_commit(mirror, base, patch, COMMIT))

    assert (failure.code, failure.retry) == ("PATCH_DOES_NOT_APPLY", False)
    assert (await failing(driver.changed_files(mirror, base, patch))).code == "PATCH_DOES_NOT_APPLY"


async def test_looking_at_a_patch_leaves_nothing_in_the_mirror(repository: Origin, driver: Git, mirror: Path):
    base = repository.commit({"a": b"1\n"})
    await driver.fetch(repository.url, "main", mirror)
    (repository.work / "b").write_bytes(b"never seen before\n")
    patch = repository.patch()
    before = git(mirror, "count-objects", "-v")

    (file,) = await driver.changed_files(mirror, base, patch)

    assert (file.path, file.status, file.added) == ("b", FileStatus.ADDED, 1)
    assert git(mirror, "count-objects", "-v") == before


async def test_an_unknown_base_is_missing(repository: Origin, driver: Git, mirror: Path):
    repository.commit({"a": b"1\n"})
    await driver.fetch(repository.url, "main", mirror)

    failure = await failing(driver.build_commit(mirror, "0" * 39 + "1", b"x", COMMIT))

    assert failure.code == "COMMIT_MISSING"


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
