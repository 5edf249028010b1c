"""Law 6: canonical words only, on every public surface."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from contracts.refusals import Code
from contracts.registry import ACTIONS, EVENTS
from contracts.vocabulary import FORBIDDEN_SYNONYMS
from entrypoints.cli.main import build
from ledger.errors import MEANINGS
from tests.contract.house_rules import vocabulary
from tests.contract.house_rules.vocabulary import LEGACY_MODES, said
from tests.contract.laws.planting import ROOT, THE_TREE, planted, told

WRONG = {**FORBIDDEN_SYNONYMS, **dict.fromkeys(LEGACY_MODES, "fresh or resume")}
SURFACES = (
    *("README.md", "docs/a.md", "docs/decisions/0100-a.md", "seeds/a.yaml"),
    *("hasura/metadata/actions.graphql", "hasura/metadata/a.yaml", "codegen/schema/viewer.graphql"),
    *("codegen/json_schemas/a.json", "portal/src/texts.ts", "portal/src/news/page.tsx"),
)


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the program and every group of them, as it is typed."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


def test_public_surfaces_speak_the_glossarys_words():
    assert told(6, THE_TREE) == []


def test_every_command_speaks_them_in_its_help():
    program = build()
    paths = list(commands(typer.main.get_command(program)))

    helps = {
        " ".join(path): CliRunner().invoke(program, [*path, "--help"], terminal_width=200, color=False)
        for path in paths
    }

    assert {path: shown.output for path, shown in helps.items() if shown.exit_code != 0} == {}
    assert {path: said(shown.output) for path, shown in helps.items() if said(shown.output)} == {}
    assert len(helps) > 30


def test_contracts_and_refusals_speak_them():
    sentences = {
        **{
            action.name: f"{action.says} {action.takes.__doc__} {action.answers.__doc__}" for action in ACTIONS.values()
        },
        **{name: str(event.__doc__) for name, event in EVENTS.items()},
        **{name: message for name, (_, message) in MEANINGS.items()},
        **{code.value: code.value.replace("_", " ") for code in Code},
    }

    assert {name: said(sentence) for name, sentence in sentences.items() if said(sentence)} == {}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_forbidden_word_is_told_with_its_place_and_the_right_one(tmp_path: Path, surface: str, wrong: str):
    found = told(6, planted(tmp_path, {surface: f"one\nEvery {wrong} counts.\n"}))

    remedy = f"says {wrong!r}: the word is {WRONG[wrong]!r} (contracts/vocabulary.py)"
    assert (surface, 2, remedy) in [(violation.file, violation.line, violation.remedy) for violation in found]
    assert {(violation.file, violation.line) for violation in found} == {(surface, 2)}


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("actions/a.py", "raise Refusal(Code.NOT_FOUND, 'There is no such tenant.')"),
        ("runtime/a.py", "raise Failure('RUN_FAILED', f'The job {name} failed.')"),
        ("workflows/a.py", "headline = 'A warm start of the sandbox.'"),
        ("entrypoints/cli/a.py", "typer.Option(help='The workspace to work in.')"),
        ("contracts/a.py", "says = 'Recreate the sandbox.'"),
    ],
)
def test_a_sentence_in_code_that_people_get_to_read_is_told(tmp_path: Path, file: str, line: str):
    assert {(violation.file, violation.line) for violation in told(6, planted(tmp_path, {file: f"\n{line}\n"}))} == {
        (file, 2)
    }


def test_the_glossary_may_list_what_is_never_said_and_may_not_say_it(tmp_path: Path):
    listed = "| tenant | organization |\n"
    page = f"# Glossary\n\n{listed}\n## Never said\n\n{listed}\nA tenant is one.\n\n## After\n\n{listed}"

    found = told(6, planted(tmp_path, {"docs/glossary.md": page}))

    assert [violation.line for violation in found] == [3, 9, 13]


def test_words_that_only_hold_a_forbidden_one_are_fine(tmp_path: Path):
    harmless = "Jobs\nhotel, warmth, photo, restore, --hot-reload\n".replace("Jobs\n", "")

    assert told(6, planted(tmp_path, {"docs/a.md": harmless})) == []


def test_what_is_allowed_and_gone_must_leave_the_list(tmp_path: Path):
    (violation,) = told(6, planted(tmp_path, {"runtime/sandbox_scripts.py": "x = 1\n"}))

    assert "take it out of ALLOWED" in violation.remedy
    assert all(vocabulary.ALLOWED.values())


def test_every_reason_that_the_runtime_gives_is_a_code():
    given = {
        code
        for path in (ROOT / "runtime").rglob("*.py")
        for code in re.findall(r'Failure\(\s*f?"([A-Z]+(?:_[A-Z]+)+)"', path.read_text())
    }
    assert given - set(Code.__members__) == set()
