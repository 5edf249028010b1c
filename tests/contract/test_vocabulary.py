"""Canonical words only, on every public surface."""

import re
from pathlib import Path

import pytest

from codegen.pages import glossary
from contracts.refusals import Code
from contracts.registry import ACTIONS
from contracts.vocabulary import FORBIDDEN_SYNONYMS, Continuity

ROOT = Path(__file__).resolve().parents[2]


def surfaces() -> dict[str, str]:
    """Every public text by where it stands."""
    files = [
        ROOT / "README.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "hasura" / "metadata").rglob("*.graphql"),
        *(ROOT / "hasura" / "metadata").rglob("*.yaml"),
        *(ROOT / "entrypoints" / "cli").glob("*.py"),
        *(ROOT / "actions").glob("*.py"),
        *(ROOT / "portal" / "src").rglob("texts.ts"),
    ]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in files}
    page = glossary.OWNS[0]
    return {**texts, page: without_what_is_never_said(texts[page])}


def without_what_is_never_said(page: str) -> str:
    """The glossary without the one section in which the synonyms must stand; every line keeps its number."""
    before, heading, after = page.partition(f"\n{glossary.NEVER_SAID}\n")
    section, following, rest = after.partition("\n#")
    return before + heading + "\n" * section.count("\n") + following + rest


def violations(texts: dict[str, str]) -> list[str]:
    """Each forbidden word with its file, line and the word to use instead."""
    found: list[str] = []
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            for wrong, right in FORBIDDEN_SYNONYMS.items():
                if re.search(rf"\b{re.escape(wrong)}s?\b", line, re.IGNORECASE):
                    found.append(f"{name}:{number}: says {wrong!r}; the word is {right!r}")
    return found


def test_public_surfaces_speak_the_glossarys_words():
    assert violations(surfaces()) == []


@pytest.mark.parametrize("wrong", FORBIDDEN_SYNONYMS)
def test_a_forbidden_synonym_is_found_with_its_remedy(wrong: str):
    assert violations({"page.md": f"one\nEvery {wrong} counts."}) == [
        f"page.md:2: says {wrong!r}; the word is {FORBIDDEN_SYNONYMS[wrong]!r}"
    ]


def test_the_glossary_may_say_them_in_one_section_and_nowhere_else():
    page = f"# Glossary\n\n| tenant |\n\n{glossary.NEVER_SAID}\n\n| tenant |\n\n## After\n\n| tenant |\n"

    told = violations({"page.md": without_what_is_never_said(page)})

    assert [words.partition(": ")[0] for words in told] == ["page.md:3", "page.md:11"]


def test_public_continuity_is_fresh_or_resume():
    assert {mode.value for mode in Continuity} == {"fresh", "resume"}
    sdl = (ROOT / "hasura" / "metadata" / "actions.graphql").read_text()
    assert re.search(r"enum Continuity \{\s+fresh\s+resume\s+\}", sdl)


def test_every_reason_that_the_runtime_gives_is_a_code():
    given = {
        code
        for path in (ROOT / "runtime").rglob("*.py")
        for code in re.findall(r'Failure\(\s*f?"([A-Z]+(?:_[A-Z]+)+)"', path.read_text())
    }
    assert given - set(Code.__members__) == set()


def test_every_action_has_a_handler():
    from actions.app import HANDLERS

    assert set(HANDLERS) == set(ACTIONS)
