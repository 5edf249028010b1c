"""A tree with generators of a few lines, so that what the command makes of them is seen in a moment."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from codegen.generator import Generator

VIEWER = "codegen/schema/viewer.graphql"
OWNER = "codegen/schema/owner.graphql"
BEFORE = "type Query {\n  title(short: Boolean): String!\n  state: State!\n}\n\nenum State {\n  open\n}\n"
BROKEN = BEFORE.replace("  state: State!\n", "").replace("\nenum State {\n  open\n}\n", "")
ADDED = BEFORE.replace("  state: State!\n", "  state: State!\n  id: String!\n")


def schemas(viewer: str, owner: str | None = BEFORE) -> Sequence[Generator]:
    """A generator of two roles' schemas; None: the role is not there any more."""
    texts = {VIEWER: viewer} | ({} if owner is None else {OWNER: owner})
    return (Generator("schema", lambda _: texts, owns=("codegen/schema/",)),)


def plant(root: Path, files: dict[str, str]) -> None:
    """Write files into a tree."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())


def commit(root: Path, files: dict[str, str | None]) -> None:
    """Write or remove files and commit them, in a repository that is made at the first time."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    plant(root, {name: text for name, text in files.items() if text is not None})
    for name in (name for name, text in files.items() if text is None):
        (root / name).unlink()
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=a change")


def git(root: Path, *arguments: str) -> str:
    """What git says."""
    who = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout
