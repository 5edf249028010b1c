"""Git on the runtime's own side: what a remote has, a mirror of it, an approved patch as a commit, and its push.

Nothing is ever checked out here, so nothing of a repository runs here: a patch goes into a temporary index. Submodules
stay the links that they are and are never fetched. In a folder of this machine (`file://`, only where local
repositories are allowed) the repository's hooks do not run.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from runtime import git_remote
from runtime.failures import Failure
from runtime.git_arguments import checked_branch, checked_commit, checked_line, checked_url, is_local
from runtime.git_changes import ChangedFile, changed_files
from runtime.git_process import Credential, Finished, Surroundings, run_git
from runtime.secrets import redact

__all__ = ["ChangedFile", "Commit", "Credential", "Git", "Remote", "Surroundings"]

# Local work on large trees; what takes longer has gone wrong.
LOCAL_TIMEOUT_S = 120
# A shorter password stands in branches' names by chance.
_TELLING_LENGTH_MIN = 8
# Outside of any repository, whose configuration git would read otherwise.
_NOWHERE = Path("/")


@dataclass(frozen=True)
class Remote:
    """What a remote answers; `default_branch` None: it has no branch yet or does not say."""

    default_branch: str | None
    branches: dict[str, str]

    @property
    def empty(self) -> bool:
        """Whether nothing was ever pushed."""
        return not self.branches


@dataclass(frozen=True)
class Commit:
    """All that makes a commit besides its tree; equal values on an equal base give the equal commit id."""

    message: str
    author_name: str
    author_email: str
    at: datetime


@dataclass(frozen=True)
class Git:
    """The driver. `mirror` is always a bare repository of ours, made by the first fetch into it."""

    surroundings: Surroundings = field(default_factory=Surroundings)
    remote_timeout_s: float = 30
    transfer_timeout_s: float = 600
    # Two fetches into one mirror would meet at its refs. A folder of mirrors belongs to one process.
    _fetching: dict[Path, asyncio.Lock] = field(default_factory=dict[Path, asyncio.Lock], repr=False, compare=False)

    async def heads(self, url: str, credential: Credential | None = None) -> Remote:
        """The branches of a remote and the commit each is at; also the readiness probe of a git endpoint.

        Raises:
            Failure: ENDPOINT_UNREACHABLE (worth a retry), ENDPOINT_DENIED, ENDPOINT_MISSING, URL_REFUSED.
        """
        url = self._url(url)
        arguments = ["ls-remote", "--symref", *_program(url, "upload"), "--", url, "HEAD", "refs/heads/*"]
        finished = await self._remote(arguments, url, credential, self.remote_timeout_s)
        default, branches = git_remote.listed(finished.output)
        if credential:
            branches = {name: commit for name, commit in branches.items() if not _tells(name, credential)}
        return Remote(default if default in branches else None, branches)

    async def fetch(self, url: str, branch: str, into_mirror: Path, credential: Credential | None = None) -> str:
        """The commit that the branch is at, with its whole history in the mirror.

        Raises:
            Failure: REPOSITORY_EMPTY, BRANCH_MISSING, and what `heads` raises.
        """
        url, branch = self._url(url), checked_branch(branch)
        async with self._fetching.setdefault(into_mirror, asyncio.Lock()):
            return await self._fetched(url, branch, into_mirror, credential)

    async def _fetched(self, url: str, branch: str, into_mirror: Path, credential: Credential | None) -> str:
        await self._make(into_mirror)
        kept = f"refs/remotes/{hashlib.sha256(url.encode()).hexdigest()[:16]}/{branch}"
        fetch = ["fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head", *_program(url, "upload")]
        arguments = [*fetch, "--", url, f"refs/heads/{branch}:{kept}"]
        try:
            await self._remote(arguments, url, credential, self.transfer_timeout_s, folder=into_mirror)
        except Failure as failure:
            explained = await self._explained(failure, url, branch, credential)
            if explained is failure:
                # Raised from itself it would be its own cause, and whoever follows causes would never end.
                raise
            raise explained from failure
        return (await self._local(into_mirror, "rev-parse", "--verify", f"{kept}^{{commit}}")).decode().strip()

    async def bundle(self, mirror: Path, commit: str, into: Path) -> Path:
        """A git bundle with the commit and its history, as `refs/bundles/<commit>`, in the folder `into`."""
        reference = f"refs/bundles/{checked_commit(commit)}"
        await self._local(mirror, "update-ref", reference, commit)
        bundle = await asyncio.to_thread(into.resolve) / f"{commit}.bundle"
        await self._local(mirror, "bundle", "create", "--quiet", str(bundle), reference)
        return bundle

    async def build_commit(self, mirror: Path, base: str, patch: bytes, commit: Commit) -> str:
        """The id of a commit on `base` with the patch applied; repeating gives the same id and adds nothing.

        Raises:
            Failure: PATCH_DOES_NOT_APPLY, with git's words; COMMIT_MISSING, if the mirror lacks the base.
        """
        checked_line(commit.author_name, "author's name")
        checked_line(commit.author_email, "author's address")
        if "\0" in commit.message or not commit.message.strip():
            raise Failure("COMMIT_REFUSED", "A commit's message is text and not empty.")
        async with self._index(mirror, base, {}) as index:
            await self._apply(mirror, patch, index)
            tree = (await self._local(mirror, "write-tree", environment=index)).decode().strip()
        when = f"{int(commit.at.astimezone(UTC).timestamp())} +0000"
        signed = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", commit.author_name), ("EMAIL", commit.author_email), ("DATE", when))
        }
        arguments = ("commit-tree", tree, "-p", base, "-F", "-")
        made = await self._local(
            mirror, *arguments, environment=signed, given=(commit.message.rstrip() + "\n").encode()
        )
        return made.decode().strip()

    async def contains(self, mirror: Path, head: str, commit: str) -> bool:
        """Whether the commit is in the history of `head`; both must be in the mirror."""
        arguments = ["merge-base", "--is-ancestor", checked_commit(commit), checked_commit(head)]
        finished = await self._run(arguments, None, None, LOCAL_TIMEOUT_S, folder=mirror)
        return finished.exit_code == 0

    async def changed_files(self, mirror: Path, base: str, patch: bytes) -> list[ChangedFile]:
        """What the patch does to the base, as git itself finds it after applying; the mirror stays as it is.

        Raises:
            Failure: PATCH_DOES_NOT_APPLY, COMMIT_MISSING.
        """
        with tempfile.TemporaryDirectory(prefix="fo-git-") as objects:
            # What was only looked at leaves no objects behind.
            aside = {
                "GIT_OBJECT_DIRECTORY": objects,
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": "objects",
            }
            async with self._index(mirror, base, aside) as index:
                await self._apply(mirror, patch, index)
                arguments = (
                    "--cached",
                    "--raw",
                    "--numstat",
                    "-z",
                    "--find-renames",
                    "--no-ext-diff",
                    "--no-textconv",
                    base,
                )
                return changed_files(await self._local(mirror, "diff-index", *arguments, environment=index))

    async def push(
        self,
        mirror: Path,
        url: str,
        commit: str,
        target_branch: str,
        *,
        expected: str | None,
        credential: Credential | None = None,
    ) -> None:
        """The branch is at `commit` afterwards; it had to be at `expected` (None: not exist) or at `commit` already.

        Raises:
            Failure: BASE_MOVED, PUSH_REFUSED, and what `heads` raises; after a fault on the way the branch is looked at
                again, so a failure means that the branch is not at `commit`.
        """
        url, branch = self._url(url), checked_branch(target_branch)
        checked_commit(commit)
        if expected is not None:
            await self._check_forward(mirror, checked_commit(expected), commit)
        if await self._is_there(url, branch, commit, expected, credential):
            return
        lease = f"--force-with-lease=refs/heads/{branch}:{expected or ''}"
        push = ["push", "--porcelain", "--no-verify", "--no-follow-tags", lease, *_program(url, "receive")]
        arguments = [*push, "--", url, f"{commit}:refs/heads/{branch}"]
        try:
            finished = await self._run(arguments, url, credential, self.transfer_timeout_s, folder=mirror)
        except Failure as failure:
            if await self._is_there(url, branch, commit, expected, credential):
                return
            raise failure from None
        if finished.exit_code == 0 or await self._is_there(url, branch, commit, expected, credential):
            return
        raise git_remote.push_failure(finished.hiding(credential))

    async def _is_there(
        self, url: str, branch: str, commit: str, expected: str | None, credential: Credential | None
    ) -> bool:
        at = (await self.heads(url, credential)).branches.get(branch)
        if at not in {commit, expected}:
            raise git_remote.moved(branch, at, expected)
        return at == commit

    async def _check_forward(self, mirror: Path, expected: str, commit: str) -> None:
        arguments = ["merge-base", "--is-ancestor", expected, commit]
        finished = await self._run(arguments, None, None, LOCAL_TIMEOUT_S, folder=mirror)
        if finished.exit_code == 1:
            raise Failure(
                "PUSH_REFUSED", f"{commit[:12]} does not follow {expected[:12]}; only fast-forwards are pushed."
            )
        if finished.exit_code:
            raise Failure("COMMIT_MISSING", f"The mirror does not have the commits to push: {finished.words}")

    async def _explained(self, failure: Failure, url: str, branch: str, credential: Credential | None) -> Failure:
        """Why a fetch failed, if the remote answers: it is empty or lacks the branch."""
        if failure.code not in {"ENDPOINT_FAULT", "ENDPOINT_MISSING"}:
            return failure
        remote = await self.heads(url, credential)
        if remote.empty:
            return Failure("REPOSITORY_EMPTY", "The repository is empty; push a first commit to it.")
        if branch not in remote.branches:
            return Failure("BRANCH_MISSING", f"The repository has no branch {branch}.")
        return failure

    @asynccontextmanager
    async def _index(self, mirror: Path, base: str, environment: dict[str, str]) -> AsyncGenerator[dict[str, str]]:
        with tempfile.TemporaryDirectory(prefix="fo-git-") as folder:
            index = {**environment, "GIT_INDEX_FILE": f"{folder}/index"}
            finished = await self._run(
                ["read-tree", checked_commit(base)], None, None, LOCAL_TIMEOUT_S, folder=mirror, environment=index
            )
            if finished.exit_code:
                raise Failure("COMMIT_MISSING", f"The mirror does not have the base commit: {finished.words}")
            yield index

    async def _apply(self, mirror: Path, patch: bytes, index: dict[str, str]) -> None:
        if not patch:
            raise Failure("PATCH_DOES_NOT_APPLY", "The patch is empty.")
        arguments = ["apply", "--cached", "--binary", "--whitespace=nowarn", "-"]
        finished = await self._run(
            arguments, None, None, LOCAL_TIMEOUT_S, folder=mirror, environment=index, given=patch
        )
        if finished.exit_code:
            raise Failure("PATCH_DOES_NOT_APPLY", f"The patch does not apply to its base: {finished.words}")

    async def _make(self, mirror: Path) -> None:
        if not await asyncio.to_thread((mirror / "HEAD").exists):
            await asyncio.to_thread(mirror.mkdir, parents=True, exist_ok=True)
            await self._local(mirror, "init", "--quiet", "--bare", "--template=")

    def _url(self, url: str) -> str:
        return checked_url(url, allow_local=self.surroundings.allow_local)

    async def _local(
        self, mirror: Path, *arguments: str, environment: dict[str, str] | None = None, given: bytes = b""
    ) -> bytes:
        finished = await self._run(
            list(arguments), None, None, LOCAL_TIMEOUT_S, folder=mirror, environment=environment, given=given
        )
        if finished.exit_code:
            raise Failure("GIT_FAULT", f"Git {arguments[0]} failed: {finished.words}")
        return finished.output

    async def _remote(
        self,
        arguments: list[str],
        url: str,
        credential: Credential | None,
        timeout_s: float,
        *,
        folder: Path | None = None,
    ) -> Finished:
        finished = await self._run(arguments, url, credential, timeout_s, folder=folder)
        if finished.exit_code:
            raise git_remote.failure(finished.words)
        return finished

    async def _run(
        self,
        arguments: list[str],
        url: str | None,
        credential: Credential | None,
        timeout_s: float,
        *,
        folder: Path | None = None,
        environment: dict[str, str] | None = None,
        given: bytes = b"",
    ) -> Finished:
        surroundings = {**self.surroundings.of(url, credential), **(environment or {})}
        if folder is not None:
            surroundings["GIT_DIR"] = "."
        try:
            return await run_git(
                arguments,
                folder=folder or _NOWHERE,
                environment=surroundings,
                timeout_s=timeout_s,
                given=given,
                credential=credential,
            )
        except Failure as failure:
            if url is None or failure.code != "GIT_TIMEOUT":
                raise
            raise Failure("ENDPOINT_UNREACHABLE", failure.message, retry=True) from failure


def _tells(branch: str, credential: Credential) -> bool:
    """Whether a remote has put the credential into a branch's name, which would be written down as such."""
    password = credential.password
    return len(password.reveal()) >= _TELLING_LENGTH_MIN and redact(branch.encode(), [password]) != branch.encode()


def _program(url: str, direction: str) -> list[str]:
    """How git serves a folder of this machine: the local transport drops our settings, so they are given again."""
    if not is_local(url):
        return []
    return [f"--{direction}-pack=git -c safe.directory=* -c core.hooksPath=/dev/null {direction}-pack"]
