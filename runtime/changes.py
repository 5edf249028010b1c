"""The work inside a sandbox: a checkout, what became of it, and a patch put on it.

Git's folder in the checkout belongs to whoever works there; nothing read from it is believed. The difference is taken
against the base with an index of its own, and what it touches is told by our own git, which applies the patch to the
same base.
"""

import asyncio
import shlex
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from contracts.canonical import digest_of_bytes
from runtime.failures import Failure
from runtime.git import Git
from runtime.git_arguments import checked_commit
from runtime.git_changes import ChangedFile, FileKind, FileStatus
from runtime.sandboxes import Ran, Sandbox

REPOSITORY = "work/repo"

# A larger change is not one that anybody can decide on.
PATCH_BYTES_MAX = 5 * 1024 * 1024

_TIMEOUT_S = 300
_NO_REPOSITORY = 71

# The worker's own configuration could change what a difference says, so none but the checkout's is read.
_GIT_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    # Found by name, so that a broken repository is not taken for part of one above it.
    "GIT_DIR": ".git",
    "GIT_WORK_TREE": ".",
    "GIT_CONFIG_COUNT": "4",
    "GIT_CONFIG_KEY_0": "core.hooksPath",
    "GIT_CONFIG_VALUE_0": "/dev/null",
    "GIT_CONFIG_KEY_1": "core.fsmonitor",
    "GIT_CONFIG_VALUE_1": "false",
    "GIT_CONFIG_KEY_2": "core.excludesFile",
    "GIT_CONFIG_VALUE_2": "/dev/null",
    "GIT_CONFIG_KEY_3": "safe.directory",
    "GIT_CONFIG_VALUE_3": "*",
}


@dataclass(frozen=True)
class Difference:
    """What the work changed: the patch byte for byte, its digest, and the files as our own git finds them."""

    patch: bytes
    digest: str
    files: tuple[ChangedFile, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not self.patch


@dataclass(frozen=True)
class Base:
    """What a change is made on: a commit, and the mirror that has it."""

    mirror: Path
    commit: str


async def checkout(sandbox: Sandbox, bundle: Path, commit: str, *, branch: str = "work") -> None:
    """The repository at `commit`, on a local branch, in `REPOSITORY`; a checkout that is there stays as it is."""
    marker = f".fractalops/checkouts/{checked_commit(commit)}"
    if await _has(sandbox, marker):
        return
    carried = f".fractalops/{uuid4()}.bundle"
    await sandbox.upload(carried, await asyncio.to_thread(bundle.read_bytes))
    repository, reference = shlex.quote(f"{sandbox.home}/{REPOSITORY}"), shlex.quote(f"refs/heads/{branch}")
    script = f"""
set -e
rm -rf {repository}
mkdir -p {repository} {shlex.quote(f"{sandbox.home}/.fractalops/checkouts")}
cd {repository}
git init --quiet --template=
git symbolic-ref HEAD {reference}
git fetch --quiet --no-tags --no-write-fetch-head {shlex.quote(f"{sandbox.home}/{carried}")} \
  refs/bundles/{commit}:refs/fractalops/base
git reset --quiet --hard {commit}
rm {shlex.quote(f"{sandbox.home}/{carried}")}
: > {shlex.quote(f"{sandbox.home}/{marker}")}
"""
    ran = await _git(sandbox, script)
    if ran.exit_code:
        raise Failure("CHECKOUT_FAILED", f"The repository could not be checked out in the sandbox: {_words(ran)}")


async def holds_checkout(sandbox: Sandbox, commit: str) -> bool:
    """Whether the sandbox has a repository in `REPOSITORY` from which a difference to the commit can be taken."""
    repository = shlex.quote(f"{sandbox.home}/{REPOSITORY}")
    script = f"cd {repository} && [ -d .git ] && git cat-file -e {checked_commit(commit)}^{{tree}}"
    return (await _git(sandbox, script)).exit_code == 0


async def take_difference(sandbox: Sandbox, git: Git, base: Base) -> Difference:
    """What the files of the checkout differ from the base in, committed there or not; ignored files are left out.

    Raises:
        Failure: REPOSITORY_LOST, if the work removed or broke the repository; PATCH_TOO_LARGE; NESTED_REPOSITORY, if it
            left another repository inside, whose files no patch would carry; PATCH_DOES_NOT_APPLY, if what the sandbox
            gave is no patch of the base.
    """
    taken = f".fractalops/{uuid4()}.patch"
    patch_file = shlex.quote(f"{sandbox.home}/{taken}")
    script = f"""
cd {shlex.quote(f"{sandbox.home}/{REPOSITORY}")} || exit {_NO_REPOSITORY}
[ -d .git ] && git rev-parse --git-dir >/dev/null || exit {_NO_REPOSITORY}
git cat-file -e {checked_commit(base.commit)}^{{tree}} || exit {_NO_REPOSITORY}
export GIT_INDEX_FILE={patch_file}.index
set -e
git read-tree {base.commit}
git -c advice.addEmbeddedRepo=false add --all .
git diff-index --cached -p --binary --full-index --find-renames --no-color --no-ext-diff --no-textconv \\
  --src-prefix=a/ --dst-prefix=b/ {base.commit} > {patch_file}
rm -f "$GIT_INDEX_FILE"
"""
    ran = await _git(sandbox, script)
    if ran.exit_code == _NO_REPOSITORY:
        raise Failure(
            "REPOSITORY_LOST", f"The work removed or broke the repository it was given. {_words(ran)}".strip()
        )
    if ran.exit_code:
        raise Failure("DIFFERENCE_FAILED", f"Git could not tell what the work changed: {_words(ran)}")
    try:
        patch = await sandbox.download(taken, PATCH_BYTES_MAX)
    except Failure as failure:
        if failure.code == "FILE_TOO_LARGE":
            raise Failure("PATCH_TOO_LARGE", f"The change is larger than {PATCH_BYTES_MAX} bytes.") from failure
        raise
    files = await git.changed_files(base.mirror, base.commit, patch) if patch else []
    _check_nested(files)
    return Difference(patch, digest_of_bytes(patch), tuple(files))


async def apply(sandbox: Sandbox, patch: bytes) -> None:
    """The patch is in the files of the checkout and staged, on the base alone: whatever else was there is gone.

    Repeating gives the same, because it begins from the base again.

    Raises:
        Failure: PATCH_DOES_NOT_APPLY, with git's words; then no file was changed.
    """
    given = f".fractalops/{uuid4()}.patch"
    await sandbox.upload(given, patch)
    file = shlex.quote(f"{sandbox.home}/{given}")
    repository = shlex.quote(f"{sandbox.home}/{REPOSITORY}")
    start_over = "git reset --quiet --hard refs/fractalops/base && git clean --quiet -ffdx"
    ran = await _git(
        sandbox, f"cd {repository} && {start_over} && git apply --index --binary --whitespace=nowarn {file}"
    )
    if ran.exit_code:
        raise Failure("PATCH_DOES_NOT_APPLY", f"The patch does not apply to the checkout: {_words(ran)}")


async def _has(sandbox: Sandbox, path: str) -> bool:
    try:
        await sandbox.download(path, 0)
    except Failure as failure:
        if failure.code == "FILE_MISSING":
            return False
        raise
    return True


def _check_nested(files: list[ChangedFile]) -> None:
    nested = [file.path for file in files if file.kind is FileKind.SUBMODULE and file.status is not FileStatus.DELETED]
    if nested:
        message = f"The work left a repository of its own in {', '.join(nested[:5])}; its files are in no patch."
        raise Failure("NESTED_REPOSITORY", message)


async def _git(sandbox: Sandbox, script: str) -> Ran:
    return await sandbox.run(script, run_id=f"git-{uuid4()}", timeout_s=_TIMEOUT_S, env=_GIT_ENVIRONMENT)


def _words(ran: Ran) -> str:
    return " ".join(ran.output.split())[:1000]
