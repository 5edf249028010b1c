"""What every command of the features promises a newcomer."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from contracts.vocabulary import FORBIDDEN_SYNONYMS
from entrypoints.cli.main import build
from entrypoints.config import ROOT

FEATURES = {
    *("sign-in", "sign-out", "whoami", "onboarding", "endpoints", "secrets", "runtimes"),
    *("work", "harness", "proposals", "proofs", "proof", "projection"),
}
MUTATIONS = {
    *("onboarding start", "onboarding check", "endpoints revise", "endpoints retire", "secrets revise"),
    *(
        "runtimes revise",
        "work create",
        "work launch",
        "proposals approve",
        "proposals reject",
        "proposals withdraw",
        "projection check",
    ),
}


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        here = f"{path} {name}".strip()
        if hasattr(command, "commands"):
            yield here, command
            yield from commands(command, here)
        else:
            yield here, command


EVERY = {path: command for path, command in commands(typer.main.get_command(build())) if path.split()[0] in FEATURES}
LEAVES = {path: command for path, command in EVERY.items() if not hasattr(command, "commands")}


def options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_every_feature_is_reachable():
    assert {path.split()[0] for path in LEAVES} == FEATURES


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_speaks_json(path: str):
    assert "--json" in options(LEAVES[path])


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_shows_an_example_of_itself(path: str):
    shown = path.replace("proof ", "proofs ", 1) if path.startswith("proof ") else path

    assert f"Example: fractalops {shown}" in LEAVES[path].help


@pytest.mark.parametrize("path", LEAVES)
def test_every_option_and_argument_says_what_it_is(path: str):
    silent = [p.name for p in LEAVES[path].params if not getattr(p, "help", "")]

    assert silent == []


@pytest.mark.parametrize("path", sorted(MUTATIONS))
def test_a_command_that_changes_something_takes_an_idempotency_key(path: str):
    assert "--idempotency-key" in options(LEAVES[path])


@pytest.mark.parametrize("path", EVERY)
def test_no_help_text_uses_a_synonym(path: str):
    command = EVERY[path]
    texts = [command.help or "", *(getattr(p, "help", "") or "" for p in command.params), *options(command)]

    for synonym in FORBIDDEN_SYNONYMS:
        assert not re.search(rf"\b{synonym}s?\b", " ".join(texts), re.IGNORECASE), synonym


def test_help_waits_for_no_library_that_speaks_to_the_platform():
    code = "import sys; from entrypoints.cli.main import build; build(); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert not {"gql", "graphql", "httpx", "pydantic", "supabase", "websockets"} & set(loaded.split())
