"""Make a tree of a template's pieces."""

import json
from functools import lru_cache
from typing import Final

from embedded.hasura.actions.kriti.errors import KritiError, Span
from embedded.hasura.actions.kriti.tokens import Token, tokens
from embedded.hasura.actions.kriti.tree import (
    Called,
    Choice,
    Constant,
    Interpolated,
    Items,
    Loop,
    Members,
    Node,
    Operation,
    Operator,
    Path,
    Step,
    Variable,
)
from embedded.hasura.schema.literals import ExactFloat

# Each level takes a few frames of Python's stack, here and when the tree is evaluated.
DEPTH_MAX: Final = 60

_TEMPLATES_KEPT = 500

# How strongly operators bind. Those of one strength group to the right, comparisons not at all.
_BINDING: dict[Operator, int] = {
    "in": 1, "||": 2, "&&": 3, "??": 4, "==": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5,
}  # fmt: skip
_COMPARISON = 5

_WORDS = frozenset({"if", "elif", "else", "end", "range", "in"})
_CONSTANTS = {"true": True, "false": False, "null": None}


@lru_cache(_TEMPLATES_KEPT)
def parse(template: str) -> Node:
    """The tree of a template.

    Raises:
        KritiError: at the first thing that is out of place.
    """
    return _Parser(tokens(template)).whole()


class _Parser:
    def __init__(self, pieces: list[Token]) -> None:
        self._pieces = pieces
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._expression(0)
        if self._peek().kind != "end":
            raise self._unexpected()
        return node

    def _expression(self, binding: int) -> Node:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise KritiError("Limit Error", f"The template is nested deeper than {DEPTH_MAX}.", self._peek().span)
        left = self._postfix(self._primary())
        while (operator := self._operator()) is not None and _BINDING[operator] > binding:
            self._take()
            strength = _BINDING[operator]
            right = self._expression(strength if strength == _COMPARISON else strength - 1)
            left = Operation(operator, left, right, left.span.until(right.span))
            if strength == _COMPARISON and (again := self._operator()) is not None and _BINDING[again] == strength:
                raise self._unexpected()
        self._depth -= 1
        return left

    def _operator(self) -> Operator | None:
        text, kind = self._peek().text, self._peek().kind
        if kind not in {"symbol", "name"}:
            return None
        return next((operator for operator in _BINDING if operator == text), None)

    def _primary(self) -> Node:
        token = self._peek()
        match token.kind, token.text:
            case "number", text:
                self._take()
                return Constant(json.loads(text, parse_float=ExactFloat), token.span)
            case "name", text if text in _CONSTANTS:
                self._take()
                return Constant(_CONSTANTS[text], token.span)
            case "name", text if text not in _WORDS:
                return self._name()
            case "symbol", '"':
                return self._string()
            case "symbol", "[":
                return self._items()
            case "symbol", "{":
                return self._members()
            case "symbol", "(":
                self._take()
                inner = self._expression(0)
                self._expect(")")
                return inner
            case "symbol", "{{":
                return self._braces()
            case _:
                raise self._unexpected()

    def _name(self) -> Node:
        """A variable, or a call: then its argument follows at once, in brackets or without."""
        name = self._take()
        following = self._peek()
        if following.kind == "number" or (following.kind == "symbol" and following.text in {"(", '"', "{"}):
            argument = self._primary()
        elif following.kind == "name" and following.text not in _WORDS:
            argument = self._postfix(self._primary())
        else:
            return Variable(name.text, name.span)
        return Called(name.text, argument, name.span.until(argument.span))

    def _postfix(self, base: Node) -> Node:
        steps: list[Step] = []
        while (step := self._step()) is not None:
            steps.append(step)
        return Path(base, tuple(steps), base.span.until(steps[-1].span)) if steps else base

    def _step(self) -> Step | None:
        start = self._peek()
        optional = start.text == "?" and start.kind == "symbol"
        if optional:
            self._take()
        token = self._peek()
        if token.kind == "symbol" and token.text == ".":
            self._take()
            name = self._take()
            if name.kind != "name":
                raise self._unexpected(name)
            return Step(name.text, optional, start.span.until(name.span))
        if token.kind == "symbol" and token.text == "[":
            self._take()
            key = self._take().text if self._peek().kind == "quoted" else self._expression(0)
            end = self._expect("]")
            return Step(key, optional, start.span.until(end))
        if optional:
            raise self._unexpected()
        return None

    def _string(self) -> Node:
        start = self._expect('"')
        parts: list[str | Node] = []
        while True:
            token = self._take()
            match token.kind, token.text:
                case "text", text:
                    parts.append(text)
                case "symbol", '"':
                    span = start.until(token.span)
                    if all(isinstance(part, str) for part in parts):
                        return Constant("".join(str(part) for part in parts), span)
                    return Interpolated(tuple(parts), span)
                case "symbol", "{{":
                    parts.append(self._expression(0))
                    self._expect("}}")
                case _:
                    raise self._unexpected(token)

    def _items(self) -> Node:
        start = self._expect("[")
        items: list[Node] = []
        while not self._at("]"):
            if items:
                self._expect(",")
            items.append(self._expression(0))
        return Items(tuple(items), start.until(self._expect("]")))

    def _members(self) -> Node:
        start = self._expect("{")
        members: list[tuple[str, Node]] = []
        while not self._at("}"):
            if members:
                self._expect(",")
            key = self._string()
            if not isinstance(key, Constant):
                raise KritiError("Parse Error", "The name of a member is plain text.", key.span)
            self._expect(":")
            members.append((str(key.value), self._expression(0)))
        return Members(tuple(members), start.until(self._expect("}")))

    def _braces(self) -> Node:
        start = self._expect("{{")
        match self._peek().text:
            case "if":
                return self._choice(start)
            case "range":
                return self._loop(start)
            case _:
                inner = self._expression(0)
                self._expect("}}")
                return inner

    def _choice(self, start: Span) -> Node:
        cases: list[tuple[Node, Node]] = []
        while True:
            word = self._take()
            if word.text == "else":
                self._expect("}}")
                otherwise = self._expression(0)
                return Choice(tuple(cases), otherwise, start.until(self._block_end()))
            if word.text != ("elif" if cases else "if"):
                raise self._unexpected(word)
            condition = self._expression(0)
            self._expect("}}")
            cases.append((condition, self._expression(0)))
            self._expect("{{")

    def _loop(self, start: Span) -> Node:
        self._take()
        index = self._new_name()
        self._expect(",")
        item = self._new_name()
        self._expect(":=")
        over = self._expression(0)
        self._expect("}}")
        body = self._expression(0)
        return Loop(None if index == "_" else index, item, over, body, start.until(self._block_end()))

    def _new_name(self) -> str:
        token = self._take()
        if token.kind != "name" or token.text in _WORDS or token.text in _CONSTANTS:
            raise self._unexpected(token)
        return token.text

    def _block_end(self) -> Span:
        self._expect("{{")
        word = self._take()
        if word.text != "end":
            raise self._unexpected(word)
        return self._expect("}}")

    def _peek(self) -> Token:
        return self._pieces[self._next]

    def _take(self) -> Token:
        token = self._pieces[self._next]
        if token.kind != "end":
            self._next += 1
        return token

    def _at(self, symbol: str) -> bool:
        return self._peek().kind == "symbol" and self._peek().text == symbol

    def _expect(self, symbol: str) -> Span:
        if not self._at(symbol):
            raise self._unexpected()
        return self._take().span

    def _unexpected(self, token: Token | None = None) -> KritiError:
        found = token or self._peek()
        if found.kind == "end":
            return KritiError("Parse Error", "Unexpected end of input.", found.span)
        # Hasura has read one piece further when it notices, and reports that place.
        column = found.span.end_column
        span = Span(found.span.end_line, column, found.span.end_line, column + 1)
        return KritiError("Parse Error", f"Unexpected token '{found.text}'.", span)
