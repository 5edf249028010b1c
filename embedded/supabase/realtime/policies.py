"""What the policies of a table look at, where that can be told from their text.

A policy that compares columns of the row with claims, and asks nothing else, gives the same verdict for the same
columns and claims. Such verdicts PostgreSQL gives once, and not once for every change and every person. The reading is
strict: one word that is not known here, and the policy is asked every time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_PIECE = re.compile(
    r"""\s*('(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)*|\d+(?:\.\d+)?"""
    r"""|->>|->|\#>>|\#>|::|<=|>=|<>|=|<|>|\|\||@>|<@|\?|[()\[\],])\s*"""
)
_CLAIMS = "'request.jwt.claims'"
_TYPES = frozenset(
    {"text", "uuid", "json", "jsonb", "integer", "bigint", "smallint", "boolean", "character", "varying"}
)
_COLUMN_TYPES = frozenset({"text", "varchar", "uuid", "int2", "int4", "int8", "bool", "_text", "_uuid", "jsonb"})
_WORDS = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "IS",
        "NULL",
        "TRUE",
        "FALSE",
        "ANY",
        "ARRAY",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "DISTINCT",
        "SELECT",
        "AS",
    ]
)
_CALLS = frozenset({"nullif", "coalesce", "lower", "upper"})
_NAMED = {"auth.uid": "sub", "auth.role": "role"}
_HELPER_WORDS = frozenset(
    {"select", "as", "coalesce", "nullif", "current_setting", "true", "json", "jsonb", "uuid", "text"}
)
_HELPER_TEXTS = frozenset({"''", "'{}'", _CLAIMS, "'request.jwt.claim'"})
_SINGLE_CLAIM = "'request.jwt.claim."  # what older servers set, and this one never does
_STEPS = frozenset({"->>", "->", "#>>", "#>"})


@dataclass(frozen=True, slots=True)
class Reads:
    """The columns and the claims that decide whether a row may be seen; nothing else does."""

    columns: tuple[str, ...]
    claims: frozenset[str]


def plain_helpers(bodies: Mapping[str, str]) -> frozenset[str]:
    """Those of auth.jwt, auth.uid and auth.role that only take from the claims what their name says.

    A database may have helpers of its own under these names, which may read anything.
    """
    return frozenset(name for name, body in bodies.items() if _is_plain(body, _NAMED.get(name)))


def reads_of(expressions: Iterable[str], column_types: Mapping[str, str], helpers: frozenset[str]) -> Reads | None:
    """What the expressions of all policies read together, None if one of them may read something else.

    `helpers` are the functions of the schema `auth` that are known to be plain.
    """
    columns, claims = set[str](), set[str]()
    for expression in expressions:
        words = _words(expression)
        if words is None or any(word.lower().startswith("auth.") and word.lower() not in helpers for word in words):
            return None
        if not all(_known(words, at, column_types, columns, claims) for at in range(len(words))):
            return None
    return Reads(tuple(sorted(columns)), frozenset(claims))


def _is_plain(body: str, claim: str | None) -> bool:
    words = _words(body.strip().rstrip(";"))
    return words is not None and all(
        word in {*_HELPER_TEXTS, f"'{claim}'"} or word.startswith(_SINGLE_CLAIM)
        if word[0] == "'"
        else _is_plain_word(word)
        for word in words
    )


def _is_plain_word(word: str) -> bool:
    return word.lower() in _HELPER_WORDS or not (word[0].isalpha() or word[0] in '_"')


def _words(expression: str) -> list[str] | None:
    words, at = list[str](), 0
    while at < len(expression):
        found = _PIECE.match(expression, at)
        if found is None:
            return None
        words.append(found[1])
        at = found.end()
    return words


def _known(words: list[str], at: int, column_types: Mapping[str, str], columns: set[str], claims: set[str]) -> bool:
    """Whether the word at this place can do no more than compare columns with claims; notes what it reads."""
    word = words[at]
    if not (word[0].isalpha() or word[0] in '_"'):
        return True
    before = words[at - 1] if at else ""
    if before == "::" or (before == "character" and word == "varying"):
        return word in _TYPES
    if before == "AS" or (word == "FROM" and before == "DISTINCT"):
        return True
    if at + 1 < len(words) and words[at + 1] == "(" and word.upper() not in _WORDS:
        return _known_call(words, at, claims)
    if word.upper() in _WORDS:
        return True
    name = word[1:-1].replace('""', '"') if word[0] == '"' else word
    if column_types.get(name) not in _COLUMN_TYPES:
        return False
    columns.add(name)
    return True


def _known_call(words: list[str], at: int, claims: set[str]) -> bool:
    name = words[at].lower()
    if name in _NAMED:
        claims.add(_NAMED[name])
        return True
    if name == "auth.jwt" or (name == "current_setting" and words[at + 2] == _CLAIMS):
        claim = _claim_after(words, at + 2)
        if claim is not None:
            claims.add(claim)
        return claim is not None
    return name in _CALLS


def _claim_after(words: list[str], at: int) -> str | None:
    """The first step into the claims that begin before `at`, None if they are used as a whole."""
    passed = {")", ",", "::", "text", "json", "jsonb", "true", "AS", "jwt", "''", "'{}'", _CLAIMS}
    while at < len(words) and words[at] in passed:
        at += 1
    if at + 1 >= len(words) or words[at] not in _STEPS or not words[at + 1].startswith("'"):
        return None
    path = words[at + 1][1:-1]
    return path.strip("{}").split(",")[0].strip() if words[at].startswith("#") else path
