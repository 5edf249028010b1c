"""A change made in a sandbox, from the checkout to the pushed commit."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from contracts.canonical import digest_of_bytes
from runtime import changes
from runtime.changes import Base
from runtime.failures import Failure
from runtime.git import Commit, Git, Surroundings
from runtime.git_changes import FileStatus
from runtime.sandboxes import Sandbox, Sandboxes
from tests.unit.runtime.repositories import Origin, git, origin

FILES: dict[str, bytes | None] = {
    "text": b"one\ntwo\n",
    "gone": b"x\n",
    "old name": b"".join(b"line %d\n" % number for number in range(50)),
    "latin": b"caf\xe9 \xff\n",
    "image": bytes(range(256)) * 40,
    "crlf": b"a\r\nb\r\n",
    ".gitignore": b"*.log\nbuild/\n",
}
COMMIT = Commit("Change things", "Agent", "agent@example.test", datetime(2026, 5, 4, tzinfo=UTC))
GIT = Git(Surroundings(allow_local=True))


@pytest.fixture
def repository(tmp_path: Path) -> Origin:
    return origin(tmp_path)


@pytest_asyncio.fixture
async def worker(sandboxes: Sandboxes) -> AsyncIterator[Sandbox]:
    name = f"changes-{uuid4()}"
    yield await sandboxes.ensure(name, {"purpose": "changes"})
    await sandboxes.destroy(name)


@pytest_asyncio.fixture
async def base(repository: Origin, worker: Sandbox, tmp_path: Path) -> Base:
    """The repository's files, checked out in the sandbox."""
    repository.commit({"first": b"1"})
    commit = repository.commit(FILES)
    mirror = tmp_path / "mirror.git"
    assert await GIT.fetch(repository.url, "main", mirror) == commit
    await changes.checkout(worker, await GIT.bundle(mirror, commit, tmp_path), commit)
    return Base(mirror, commit)


async def work(sandbox: Sandbox, command: str) -> None:
    ran = await sandbox.run(command, run_id=f"work-{uuid4()}", timeout_s=60, cwd=changes.REPOSITORY)
    assert ran.exit_code == 0, ran.output


async def failing(awaitable) -> Failure:
    with pytest.raises(Failure) as failed:
        await awaitable
    return failed.value


async def test_an_untouched_checkout_has_no_difference(worker: Sandbox, base: Base):
    difference = await changes.take_difference(worker, GIT, base)

    assert (difference.empty, difference.patch, difference.files) == (True, b"", ())


async def test_a_checkout_has_its_files_a_branch_and_its_history(worker: Sandbox, base: Base):
    ran = await worker.run(
        "git status --porcelain --branch; git rev-list --count HEAD; git rev-parse HEAD",
        run_id="look",
        timeout_s=20,
        cwd=changes.REPOSITORY,
    )

    assert ran.output.split("\n") == ["## work", "2", base.commit, ""]
    assert await worker.download(f"{changes.REPOSITORY}/image", 20_000) == FILES["image"]


async def test_a_change_goes_from_the_sandbox_to_the_remote_byte_for_byte(
    repository: Origin, worker: Sandbox, base: Base
):
    await work(
        worker,
        "rm gone; mv 'old name' 'new name'; printf 'caf\\351 \\376\\n' > latin; printf 'a\\r\\nc\\r\\n' > crlf; "
        "head -c 30000 /dev/urandom > image; ln -s /etc/passwd link; printf 'odd' > \"$(printf 'n\\344me')\"; "
        "chmod +x text; mkdir build; echo x > build/ignored; echo x > a.log; printf 'no newline  ' > 'sp ace'",
    )

    difference = await changes.take_difference(worker, GIT, base)
    commit = await GIT.build_commit(base.mirror, base.commit, difference.patch, COMMIT)
    await GIT.push(base.mirror, repository.url, commit, "main", expected=base.commit)

    assert difference.digest == digest_of_bytes(difference.patch)
    assert {file.path: file.status for file in difference.files} == {
        "gone": FileStatus.DELETED,
        "new name": FileStatus.RENAMED,
        "latin": FileStatus.MODIFIED,
        "crlf": FileStatus.MODIFIED,
        "image": FileStatus.MODIFIED,
        "link": FileStatus.ADDED,
        "n\\xe4me": FileStatus.ADDED,
        "text": FileStatus.MODIFIED,
        "sp ace": FileStatus.ADDED,
    }
    image = await worker.download(f"{changes.REPOSITORY}/image", 40_000)
    assert git(repository.bare, "cat-file", "blob", "main:image") == image
    assert git(repository.bare, "cat-file", "blob", "main:link") == b"/etc/passwd"
    assert git(repository.bare, "cat-file", "blob", "main:crlf") == b"a\r\nc\r\n"


@pytest.mark.parametrize(
    "how",
    [
        "git add --all",
        "git add --all; git -c user.name=a -c user.email=b commit --quiet --message x",
        (
            "git checkout --quiet -b other; git add --all; git -c user.name=a -c user.email=b commit -qm x; "
            "git branch -D work"
        ),
        (
            "git config diff.noprefix true; git config diff.submodule log; git config diff.external false; "
            "git config core.hooksPath /tmp; git config core.worktree /tmp; git config color.ui always"
        ),
        "git update-index --assume-unchanged text; git update-index --skip-worktree gone",
        "rm .git/index; mkdir -p .git/hooks; printf '#!/bin/sh\\nexit 1' > .git/hooks/pre-add; chmod +x .git/hooks/*",
        "git config --global core.excludesFile /tmp/x; echo text > /tmp/x",
    ],
    ids=["staged", "committed", "on another branch", "configured", "hidden", "without index", "globally ignored"],
)
async def test_what_the_work_did_with_git_does_not_change_the_difference(worker: Sandbox, base: Base, how: str):
    await work(worker, f"echo three >> text; rm gone; {how}")

    difference = await changes.take_difference(worker, GIT, base)

    assert {(file.path, file.status) for file in difference.files} == {
        ("text", FileStatus.MODIFIED),
        ("gone", FileStatus.DELETED),
    }
    assert await GIT.build_commit(base.mirror, base.commit, difference.patch, COMMIT)


@pytest.mark.parametrize(
    "how",
    [
        "rm -rf .git",
        "rm .git/HEAD",
        "rm -rf .git; git init --quiet .",
        "cd ..; rm -rf repo",
        "rm -rf .git; echo x > .git",
    ],
)
async def test_a_repository_that_was_removed_or_broken_is_told_apart(worker: Sandbox, base: Base, how: str):
    await work(worker, how)

    assert (await failing(changes.take_difference(worker, GIT, base))).code == "REPOSITORY_LOST"


async def test_a_change_that_is_too_large_is_refused(worker: Sandbox, base: Base):
    await work(worker, f"head -c {changes.PATCH_BYTES_MAX} /dev/urandom > big")

    assert (await failing(changes.take_difference(worker, GIT, base))).code == "PATCH_TOO_LARGE"


async def test_a_repository_inside_the_repository_is_refused_by_name(worker: Sandbox, base: Base):
    await work(
        worker, "git init --quiet inner; cd inner; git -c user.name=a -c user.email=b commit -q --allow-empty -m x"
    )

    failure = await failing(changes.take_difference(worker, GIT, base))

    assert failure.code == "NESTED_REPOSITORY"
    assert "inner" in failure.message


async def test_a_git_that_lies_in_the_sandbox_is_found_out(worker: Sandbox, base: Base):
    await work(worker, "echo three >> text")
    true = await changes.take_difference(worker, GIT, base)

    class Lying:
        """A sandbox that hands out another patch than its git made."""

        home = worker.home
        run = worker.run

        async def download(self, _path: str, _limit_bytes: int) -> bytes:
            return true.patch.replace(b" two\n", b" 2\n")

    failure = await failing(changes.take_difference(Lying(), GIT, base))  # type: ignore[arg-type]  - all that is used of a sandbox

    assert failure.code == "PATCH_DOES_NOT_APPLY"


async def test_a_patch_is_put_on_a_fresh_checkout(worker: Sandbox, base: Base, sandboxes: Sandboxes, tmp_path: Path):
    await work(worker, "head -c 3000 /dev/urandom > image; mv 'old name' moved; printf '\\377' > odd")
    difference = await changes.take_difference(worker, GIT, base)
    name = f"fresh-{uuid4()}"
    fresh = await sandboxes.ensure(name, {"purpose": "changes"})
    await changes.checkout(fresh, await GIT.bundle(base.mirror, base.commit, tmp_path), base.commit)

    await changes.apply(fresh, difference.patch)

    assert (await changes.take_difference(fresh, GIT, base)).patch == difference.patch
    await sandboxes.destroy(name)


async def test_putting_a_patch_on_again_begins_from_the_base_again(worker: Sandbox, base: Base):
    await work(worker, "printf 'changed\\n' > new")
    difference = await changes.take_difference(worker, GIT, base)
    await work(worker, "printf 'left behind\\n' > other; printf 'half' > new")

    await changes.apply(worker, difference.patch)
    await changes.apply(worker, difference.patch)

    assert (await changes.take_difference(worker, GIT, base)).patch == difference.patch


async def test_checking_out_again_leaves_the_work_as_it_is(worker: Sandbox, base: Base, tmp_path: Path):
    await work(worker, "echo three >> text")

    await changes.checkout(worker, tmp_path / f"{base.commit}.bundle", base.commit)

    assert not (await changes.take_difference(worker, GIT, base)).empty
