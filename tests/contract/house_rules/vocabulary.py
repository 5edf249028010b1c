"""Canonical words on every public surface: law 6.

The words are those of contracts/vocabulary.py. Besides its forbidden synonyms, no surface names one of the old modes of
continuity: how a launch came about is a diagnostic for operators, never a mode that somebody chooses.
"""

import re
from collections.abc import Iterator

from contracts.vocabulary import FORBIDDEN_SYNONYMS
from tests.contract.house_rules.addresses import texts
from tests.contract.house_rules.tree import SourceFile, Tree, Violation

LEGACY_MODES = ("cold", "warm", "hot", "restored", "recreated", "rehydrated", "reattached", "cloned from snapshot")
_FOLDERS = ("docs/", "hasura/metadata/", "codegen/schema/", "codegen/json_schemas/", "seeds/", "portal/src/")
_KINDS = (".md", ".graphql", ".yaml", ".yml", ".json", ".ts", ".tsx")
_NOT_SHOWN = re.compile(r"^portal/src/(?:.*\.test\.tsx?$|__generated__/)|^seeds/sample/")
# Rooms whose strings reach people: refusals, failures, headlines of steps, what a command prints.
_SPEAKING = {"contracts", "projections", "ledger", "runtime", "actions", "workflows", "entrypoints"}
_WHERE_THE_WORDS_ARE = "contracts/vocabulary.py"
_GLOSSARY = "docs/glossary.md"
_NEVER_SAID = "## Never said"
# Words that mean something else where they stand. A line may go, none may come without a reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("docs/laws.md", "tenant"): "what the page about the laws shows this guard to print",
    ("runtime/sandbox_runs.py", "job"): "the shell's job in a sandbox, in a script that nobody is shown",
    ("runtime/sandbox_scripts.py", "job"): "the same",
    ("contracts/harness.py", "cold"): "the origin that a launch diagnostic keeps for operators and owners",
    ("contracts/harness.py", "restored"): "the same",
    ("contracts/harness.py", "recreated"): "the same",
}
_PATTERNS = {
    **{
        re.compile(rf"\b{re.escape(wrong)}s?\b", re.IGNORECASE): (wrong, right)
        for wrong, right in FORBIDDEN_SYNONYMS.items()
    },
    **{
        re.compile(rf"(?<![\w-]){re.escape(mode)}(?![\w-])", re.IGNORECASE): (mode, "fresh or resume")
        for mode in LEGACY_MODES
    },
}


def public_surfaces_speak_the_glossarys_words(tree: Tree) -> Iterator[Violation]:
    """No forbidden synonym and no old mode of continuity stands where people read it."""
    for file in tree.files:
        for line, text in _shown(file):
            for wrong, right in said(text):
                if (file.name, wrong) not in ALLOWED:
                    yield file.at(line, f"says {wrong!r}: the word is {right!r} ({_WHERE_THE_WORDS_ARE})")


def allowed_words_are_still_there(tree: Tree) -> Iterator[Violation]:
    """The list of what is allowed only shrinks: what no file says any more comes off it."""
    there = {file.name: file.text.lower() for file in tree.files}
    for name, word in ALLOWED:
        if word not in there.get(name, word):
            yield Violation(name, 1, f"says {word!r} no more: take it out of ALLOWED in tests/contract/house_rules")


def said(text: str) -> list[tuple[str, str]]:
    """Each forbidden word in a text, with the word to say instead."""
    return [words for pattern, words in _PATTERNS.items() if pattern.search(text)]


def _shown(file: SourceFile) -> Iterator[tuple[int, str]]:
    if file.room in _SPEAKING and file.name.endswith(".py") and file.name != _WHERE_THE_WORDS_ARE:
        yield from texts(file)
    public = file.name == "README.md" or (file.name.startswith(_FOLDERS) and file.name.endswith(_KINDS))
    if not public or _NOT_SHOWN.search(file.name):
        return
    # The glossary's list of what is never said tells of it by necessity, and nothing else of that page does.
    listing = False
    for number, line in enumerate(file.text.splitlines(), 1):
        if line.startswith("#"):
            listing = file.name == _GLOSSARY and line == _NEVER_SAID
        if not (listing and line.startswith("|")):
            yield number, line
