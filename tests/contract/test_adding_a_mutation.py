"""The page about adding a mutation, done word for word in a copy of the tree: every difference, every command."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contract.house_rules.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "adding-a-mutation.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What set-up brings is brought once for the tree and not again for its copy.
_SET_UP = ("set-up", "set-up-stack", "set-up-tests", "set-up-checks")
_BROUGHT = (
    *(".venv", ".state", "portal/node_modules", "portal/dist"),
    "tests/integration/embedded/hasura/clients/node/node_modules",
)
_COMMITTER = ("-c", "user.name=Test", "-c", "user.email=test@test.example")
_MAKE = """#!/bin/sh
exec {make} {assumed} "$@"
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A checkout of the tree as it is, with what set-up brings."""
    tree = tmp_path / "tree"
    for file in Tree(ROOT).files:
        (tree / file.name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file.path, tree / file.name)
    run(tree, "git", "init", "--quiet")
    run(tree, "git", "add", "--all")
    run(tree, "git", *_COMMITTER, "commit", "--quiet", "--message", "As it is")
    for name in _BROUGHT:
        (tree / name).symlink_to(ROOT / name)
    return tree


def run(folder: Path, *command: str, given: str | None = None) -> str:
    """What the command prints; it must end well."""
    programs = folder.parent / "programs"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "MAKE", "PYTEST_"))}
    environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    ran = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{' '.join(command)}\n{given or ''}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def blocks(page: str) -> list[tuple[str, str]]:
    """Every fenced block in order: what kind it is, and its text."""
    return _BLOCK.findall(page)


@pytest.mark.timeout(900)
def test_the_page_followed_word_for_word_leads_to_a_green_check(copied: Path):
    programs = copied.parent / "programs"
    programs.mkdir()
    assumed = " ".join(f"--assume-old={target}" for target in _SET_UP)
    (programs / "make").write_text(_MAKE.format(make=shutil.which("make"), assumed=assumed))
    (programs / "make").chmod(0o755)
    steps = blocks(PAGE.read_text())
    assert {kind for kind, _ in steps} == {"diff", "sh"}

    printed = ""
    for kind, text in steps:
        if kind == "diff":
            run(copied, "git", "apply", "-", given=text)
        else:
            printed += run(copied, "sh", "-eux", given=text)

    assert "check: all passed" in printed
    assert "passed" in printed.rpartition("check: all passed")[2]
    changed = run(copied, "git", "status", "--porcelain", "--untracked-files=all")
    assert "hasura/metadata/actions.graphql" in changed
    assert "docs/actions.md" in changed


def test_a_step_that_does_not_fit_the_tree_is_told(copied: Path):
    stale = next(text for kind, text in blocks(PAGE.read_text()) if kind == "diff").replace("\n ", "\n other ")

    with pytest.raises(AssertionError, match="patch does not apply"):
        run(copied, "git", "apply", "-", given=stale)
