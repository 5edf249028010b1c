"""What a change of a role's schema does to clients that were written for the one before it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from graphql import GraphQLSchema, build_ast_schema, parse
from graphql.utilities import BreakingChange, DangerousChange, SafeChangeType, find_schema_changes

DECISIONS = "docs/decisions"
_HEADING = "Breaking changes"
_SECTION = re.compile(rf"^##+ {_HEADING}\s*$(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^- (?P<roles>[a-z_, ]+): (?P<words>.+?)\s*$", re.MULTILINE)

Kind = Literal["breaking", "risky", "additive", "described"]
# A schema by its role.
Schemas = Mapping[str, str]


@dataclass(frozen=True, order=True)
class Change:
    """One change of what one role sees.

    `breaking` fails operations that worked, `risky` may surprise clients that meet it, `additive` adds something,
    `described` changes words that no client depends on.
    """

    kind: Kind
    role: str
    words: str


def changes(before: Schemas, after: Schemas) -> list[Change]:
    """Every change from one set of schemas to the other, for each role."""
    return [
        change for role in sorted({*before, *after}) for change in _of_role(role, before.get(role), after.get(role))
    ]


def decided(root: Path) -> set[tuple[str, str]]:
    """Role and words of every breaking change that a page of decisions owns up to."""
    pages = sorted((root / DECISIONS).glob("*.md"))
    return {
        (role.strip(), entry["words"])
        for page in pages
        for section in _SECTION.findall(page.read_text(encoding="utf-8"))
        for entry in _ENTRY.finditer(section)
        for role in entry["roles"].split(",")
    }


def undecided(found: Iterable[Change], decisions: set[tuple[str, str]]) -> list[Change]:
    """The breaking changes that no decision names."""
    return [one for one in found if one.kind == "breaking" and (one.role, one.words) not in decisions]


def entry(found: Iterable[Change]) -> str:
    """The section that a page of decisions needs for these changes, ready to be pasted."""
    return "\n".join([f"## {_HEADING}", "", *(f"- {line}" for line in grouped(found))])


def grouped(found: Iterable[Change]) -> list[str]:
    """The changes' words, each once with all roles that it concerns."""
    roles: dict[str, list[str]] = {}
    for change in found:
        roles.setdefault(change.words, []).append(change.role)
    return [f"{', '.join(concerned)}: {words}" for words, concerned in roles.items()]


def _of_role(role: str, before: str | None, after: str | None) -> Iterator[Change]:
    if before == after:
        return
    if before is None:
        yield Change("additive", role, "The role was added.")
    elif after is None:
        yield Change("breaking", role, "The role was removed.")
    else:
        for change in find_schema_changes(_built(before), _built(after)):
            # A change is one line of a page, whatever a description or a default holds.
            yield Change(_kind(change), role, " ".join(change.description.split()))


def _kind(change: object) -> Kind:
    if isinstance(change, BreakingChange):
        return "breaking"
    if isinstance(change, DangerousChange):
        return "risky"
    return "described" if getattr(change, "type", None) is SafeChangeType.DESCRIPTION_CHANGED else "additive"


# As many as two sets of roles, with room for the commits in between: a schema is compared more than once.
@lru_cache(maxsize=32)
def _built(text: str) -> GraphQLSchema:
    # The engine made it and graphql-core printed it; validating it again takes longer than all the rest.
    return build_ast_schema(parse(text, no_location=True), assume_valid=True, assume_valid_sdl=True)
