"""`docs/glossary.md`: the words of every public surface, and those that never stand on one."""

import inspect
from enum import StrEnum
from pathlib import Path

from codegen.pages.markdown import code, listed, page, table
from contracts import states, vocabulary
from contracts.vocabulary import FORBIDDEN_SYNONYMS, GLOSSARY

OWNS = ("docs/glossary.md",)
# The one place where the forbidden synonyms do stand; the guard of the vocabulary leaves this section out.
NEVER_SAID = "## Never said"
_INTRODUCTION = """# Glossary

One word for one thing, the same in GraphQL, SQL, the CLI, the portal and these pages. The words are kept in
`contracts/vocabulary.py`."""


def files(_tree: Path) -> dict[str, str]:
    """The page."""
    text = page(
        _INTRODUCTION,
        "## Words",
        table(("word", "meaning"), [(f"**{word}**", meaning) for word, meaning in GLOSSARY.items()]),
        "## Closed lists\n\nThese are all the values that there are.",
        table(("list", "what it says", "values"), [_values(one) for one in _lists()]),
        NEVER_SAID,
        table(("instead of", "say"), sorted(FORBIDDEN_SYNONYMS.items())),
    )
    return {OWNS[0]: text}


def _lists() -> list[type[StrEnum]]:
    return [
        member
        for module in (vocabulary, states)
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, StrEnum) and member.__module__ == module.__name__
    ]


def _values(listing: type[StrEnum]) -> tuple[str, ...]:
    return code(listing.__name__), (inspect.getdoc(listing) or "").partition("\n")[0], listed(listing)
