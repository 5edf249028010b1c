"""Real repositories for tests: made, committed to and looked at with git itself."""

import subprocess
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.failures import Failure
from runtime.git import Commit

ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.test",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.test",
    "GIT_ALLOW_PROTOCOL": "file:http",
}


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints."""
    ended = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT, input=given, capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    return ended.stdout


@dataclass(frozen=True)
class Origin:
    """A bare repository and a work folder that pushes to it."""

    bare: Path
    work: Path

    @property
    def url(self) -> str:
        """The bare repository's URL on this machine."""
        return f"file://{self.bare}"

    def commit(self, files: dict[str, bytes | None], branch: str = "main") -> str:
        """A commit with these files written (None: deleted), on the branch and in the bare repository."""
        for name, content in files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "--allow-empty", "--message", "A change")
        git(self.work, "push", "--quiet", "--force", str(self.bare), f"HEAD:refs/heads/{branch}")
        return self.head()

    def head(self) -> str:
        """The commit that the work folder is at."""
        return git(self.work, "rev-parse", "HEAD").decode().strip()

    def at(self, branch: str) -> str:
        """The commit that a branch of the bare repository is at."""
        return git(self.bare, "rev-parse", f"refs/heads/{branch}").decode().strip()

    def patch(self) -> bytes:
        """What the work folder has changed since its commit."""
        git(self.work, "add", "--all")
        patch = git(self.work, "diff", "--cached", "--binary", "--full-index", "--find-renames", "HEAD")
        git(self.work, "reset", "--quiet", "--hard")
        return patch


def origin(folder: Path) -> Origin:
    """An empty bare repository with its work folder."""
    bare, work = folder / "origin.git", folder / "work"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(folder, "init", "--quiet", "--initial-branch=main", str(work))
    return Origin(bare, work)


COMMIT = Commit("Say hello", "Agent", "agent@example.test", datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC))


async def failing(awaitable: Awaitable[object]) -> Failure:
    """The failure that the call ends in."""
    with pytest.raises(Failure) as failed:
        await awaitable
    return failed.value
