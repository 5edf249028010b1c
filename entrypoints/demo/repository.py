"""The repository that the demo works on: the sample of `seeds/`, or the caller's."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from entrypoints.config import ROOT

SAMPLE = ROOT / "seeds" / "sample"
SAMPLE_RUN = "ruff check --isolated --select B006 --fix --unsafe-fixes basket"
SAMPLE_VERIFY = "python3 -m unittest discover --verbose --start-directory tests --top-level-directory ."

# The sample's history is the same at every run.
_AUTHOR = {
    "GIT_AUTHOR_NAME": "Sample",
    "GIT_AUTHOR_EMAIL": "sample@demo.example",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "Sample",
    "GIT_COMMITTER_EMAIL": "sample@demo.example",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True)
class Job:
    """What to work on and with what; `target_branch` None means the branch that is cloned."""

    title: str
    repository_url: str
    run: str
    verify: str
    target_branch: str | None


class BadJobError(Exception):
    """What was asked for cannot be played; the message says why."""


def sample(folder: Path, run: str) -> Job:
    """The sample repository, made anew in `folder`, with a defect that the default RUN mends."""
    work, bare = folder / "work", folder / "basket.git"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SAMPLE, work)
    _git(work, "init", "--quiet", "--initial-branch=main")
    _git(work, "add", "--all")
    _git(work, "commit", "--quiet", "--message", "Sell things")
    _git(folder, "clone", "--quiet", "--bare", str(work), str(bare))
    return Job(f"Mend the shared basket ({run})", bare.as_uri(), SAMPLE_RUN, SAMPLE_VERIFY, None)


def given(repository: str, command: str, verify: str, run: str) -> Job:
    """The caller's repository. Nobody's checked-out branch is pushed to: such a repository gets a new branch.

    Raises:
        BadJobError: if something is missing or the path holds no repository.
    """
    if not command or not verify:
        raise BadJobError("REPO needs RUN and VERIFY beside it: make demo REPO=… RUN='…' VERIFY='…'")
    url = repository if urlsplit(repository).scheme in ("https", "http", "ssh", "git", "file") else _local(repository)
    target = f"fractalops/{run}" if url.startswith("file:") and not _is_bare(url) else None
    return Job(f"Run a command on {Path(urlsplit(url).path).stem} ({run})", url, command, verify, target)


def _local(repository: str) -> str:
    path = Path(repository).expanduser().resolve()
    found = subprocess.run(["git", "-C", str(path), "rev-parse", "--git-dir"], capture_output=True, check=False)
    if found.returncode != 0:
        raise BadJobError(f"REPO is no git repository: {path}")
    return path.as_uri()


def _is_bare(url: str) -> bool:
    path = urlsplit(url).path
    asked = subprocess.run(
        ["git", "-C", path, "rev-parse", "--is-bare-repository"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == "true"


def _git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, **_AUTHOR}
    subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment, capture_output=True)
