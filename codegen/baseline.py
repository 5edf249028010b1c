"""What the schemas were before: in the last commit, and in the commits that changed them, as far as history is here."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from codegen import schema
from codegen.compatibility import Schemas

# A way around the check by committing is found for as long as it is among the last so many commits to the schemas.
COMMITS_MAX = 5
_WITHIN_S = 30
_SHORT = 12


class HistoryError(Exception):
    """Git cannot tell what was before; the message holds its words."""


@dataclass(frozen=True)
class Step:
    """One commit that changed the schemas, and what they were before and after it."""

    commit: str
    before: Schemas
    after: Schemas


def before(root: Path) -> tuple[str, Schemas]:
    """Where the schemas to compare with are, and what they are: the last commit's, or without one those on disk.

    Raises:
        HistoryError: if there is a history that cannot be read.
    """
    if _has_history(root) and (committed := _at(root, "HEAD")):
        return "the last commit", committed
    kept = sorted((root / schema.FOLDER).glob("*.graphql"))
    return "the files on disk", {path.stem: path.read_bytes().decode(errors="replace") for path in kept}


def steps(root: Path) -> Iterator[Step]:
    """The last commits that changed the schemas, newest first; none where there is no history.

    Raises:
        HistoryError: if there is a history that cannot be read.
    """
    if not _has_history(root):
        return
    log = _git(root, "log", "--first-parent", f"-n{COMMITS_MAX}", "--format=%H", "--", schema.FOLDER)
    for commit in log.split():
        # The oldest commit of a shallow clone has lost its parent, and the first of all has none.
        if _knows(root, f"{commit}^1") and (former := _at(root, f"{commit}^1")):
            yield Step(commit[:_SHORT], former, _at(root, commit))


def _has_history(root: Path) -> bool:
    if not (root / ".git").exists() and not any((folder / ".git").exists() for folder in root.parents):
        return False
    return _knows(root, "HEAD")


def _knows(root: Path, revision: str) -> bool:
    found = _run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    # Git answers 1 for what it does not know, and something else when it cannot look.
    if found.returncode not in (0, 1):
        raise HistoryError(found.stderr.strip())
    return found.returncode == 0


def _at(root: Path, revision: str) -> Schemas:
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", schema.FOLDER).split("\0")
    return {
        PurePosixPath(name).stem: _git(root, "show", f"{revision}:./{name}")
        for name in names
        if name.endswith(".graphql")
    }


def _git(root: Path, *arguments: str) -> str:
    done = _run(root, *arguments)
    if done.returncode != 0:
        raise HistoryError(done.stderr.strip())
    return done.stdout


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "--no-replace-objects", "--no-pager", *arguments]
    return subprocess.run(  # noqa: S603  - git, with revisions and paths of our own
        command, cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=_WITHIN_S, check=False
    )
