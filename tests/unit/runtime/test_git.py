"""The git driver on real repositories of this machine: reading, bundles, commits from patches."""

import asyncio
import os
from pathlib import Path

import pytest

from runtime.git import Git
from runtime.git_changes import FileKind, FileStatus
from tests.unit.runtime.repositories import COMMIT, Origin, failing, git


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


async def test_many_fetches_into_one_new_mirror_at_once_all_succeed(repository: Origin, driver: Git, mirror: Path):
    head = repository.commit({"a": b"1"})

    fetched = await asyncio.gather(*(driver.fetch(repository.url, "main", mirror) for _ in range(8)))

    assert set(fetched) == {head}


async def test_a_history_says_which_commits_it_contains(repository: Origin, driver: Git, mirror: Path):
    first = repository.commit({"a": b"1"})
    second = repository.commit({"a": b"2"})
    await driver.fetch(repository.url, "main", mirror)

    assert await driver.contains(mirror, second, first)
    assert not await driver.contains(mirror, first, second)
    assert not await driver.contains(mirror, second, "0" * 40)
