"""Take a template apart.

A text has three manners of reading, one inside another: JSON, the inside of `{{ }}`, and the inside of a string. Only
inside `{{ }}` are two closing braces one token, which is why JSON objects may end in two of them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from embedded.hasura.actions.kriti.errors import KritiError, Span

TEXT_MAX = 256 * 1024

Kind = Literal["name", "number", "text", "quoted", "symbol", "end"]


@dataclass(frozen=True)
class Token:
    """A piece of a template; the text of a string comes in pieces between its `"` symbols."""

    kind: Kind
    text: str
    span: Span


_SPACE = re.compile(r"(?:\s+|#[^\n]*)+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[$A-Za-z_][$A-Za-z0-9_-]*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_SYMBOL = re.compile(r"\{\{|:=|==|!=|<=|>=|&&|\|\||\?\?|[{}\[\]().,:<>?]")
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("number", _NUMBER), ("name", _NAME), ("symbol", _SYMBOL))
_TEXT = re.compile(r'(?:[^"\\{]|\\.|\{(?!\{))+', re.DOTALL)


def tokens(template: str) -> list[Token]:
    """The pieces of a template, the last of which is its end.

    Raises:
        KritiError: at what is no piece of any template.
    """
    return list(_Tokens(template).read())


class _Tokens:
    def __init__(self, template: str) -> None:
        self._template = template
        self._position = 0
        self._line = 0
        self._line_start = 0
        # What is open: a "{{" or a string, one inside another.
        self._open: list[Literal["{{", '"']] = []

    def read(self) -> Iterator[Token]:
        if len(self._template) > TEXT_MAX:
            raise KritiError("Limit Error", f"The template is longer than {TEXT_MAX} characters.", Span(0, 1, 0, 1))
        while self._position < len(self._template):
            if self._open and self._open[-1] == '"':
                yield self._in_string()
            else:
                token = self._outside()
                if token is not None:
                    yield token
        yield Token("end", "", self._span_to(self._position))

    def _in_string(self) -> Token:
        if self._template.startswith('"', self._position):
            self._open.pop()
            return self._token("symbol", 1)
        if self._template.startswith("{{", self._position):
            self._open.append("{{")
            return self._token("symbol", 2)
        match = _TEXT.match(self._template, self._position)
        if match is None:
            raise self._nonsense()
        token = self._token("text", len(match[0]))
        return Token("text", _unescaped(token), token.span)

    def _outside(self) -> Token | None:
        at, template = self._position, self._template
        space = _SPACE.match(template, at)
        if space is not None:
            self._token("symbol", len(space[0]))
            return None
        if template.startswith('"', at):
            self._open.append('"')
            return self._token("symbol", 1)
        if template.startswith("}}", at) and self._open:
            self._open.pop()
            return self._token("symbol", 2)
        for kind, pattern in _PATTERNS:
            match = pattern.match(template, at)
            if match is not None:
                if match[0] == "{{":
                    self._open.append("{{")
                return self._token(
                    "number" if kind == "number" else "name" if kind == "name" else "symbol", len(match[0])
                )
        quoted = _QUOTED.match(template, at)
        if quoted is not None:
            token = self._token("quoted", len(quoted[0]))
            return Token("quoted", quoted[1].replace("\\'", "'"), token.span)
        raise self._nonsense()

    def _token(self, kind: Kind, length: int) -> Token:
        end = self._position + length
        text = self._template[self._position : end]
        span = self._span_to(end)
        newline = text.rfind("\n")
        if newline >= 0:
            self._line += text.count("\n")
            self._line_start = self._position + newline + 1
        self._position = end
        return Token(kind, text, span)

    def _span_to(self, end: int) -> Span:
        text = self._template[self._position : end]
        newline = text.rfind("\n")
        start_column = self._position - self._line_start + 1
        if newline < 0:
            return Span(self._line, start_column, self._line, end - self._line_start + 1)
        return Span(self._line, start_column, self._line + text.count("\n"), len(text) - newline)

    def _nonsense(self) -> KritiError:
        character = self._template[self._position]
        return KritiError("Lex Error", f"Invalid lexeme '{character}'.", self._span_to(self._position + 1))


def _unescaped(token: Token) -> str:
    if "\\" not in token.text:
        return token.text
    try:
        # A template may hold line breaks in a string, JSON may not.
        return json.JSONDecoder(strict=False).decode(f'"{token.text}"')
    except ValueError:
        raise KritiError("Lex Error", "Invalid escape sequence in a string.", token.span) from None
