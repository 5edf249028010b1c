"""Filters of a binding: `column=operator.value`, joined by commas, all of which a row must pass."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_IN_MAX = 100
_SQL_OPERATORS = {
    "eq": "=",
    "neq": "<>",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "like": "LIKE",
    "ilike": "ILIKE",
    "match": "~",
    "imatch": "~*",
    "isdistinct": "IS DISTINCT FROM",
}
_OPERATORS = (*_SQL_OPERATORS, "in", "is")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "isdistinct": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
_IS: dict[str, Callable[[str | None], bool]] = {
    "null": lambda value: value is None,
    "unknown": lambda value: value is None,
    "true": lambda value: value == "t",
    "false": lambda value: value == "f",
}
_INTEGERS = frozenset({"int2", "int4", "int8", "oid"})
# Equal exactly when their texts are equal, once both were written by the same server with the same settings.
_EQUAL_AS_TEXT = frozenset({"text", "varchar", "uuid", "bool", "date", "timestamp", "timestamptz", "name"})
_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}]*))\s*(?:,|$)')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class FilterError(ValueError):
    """A filter that cannot be understood, in words for the client."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison as the client wrote it; `in` has several operands, the others one."""

    column: str
    operator: str
    operands: tuple[str, ...]
    negated: bool = False


def parse_filter(text: str) -> tuple[Condition, ...]:
    """The conditions of a filter, none if it is empty.

    Raises:
        FilterError: if it is not understood.
    """
    return tuple(_condition(part) for part in _parts(text) if part.strip())


def holds(condition: Condition, type_name: str, value: str | None) -> bool | None:
    """Whether `value`, None for null, passes; None means that only PostgreSQL can tell."""
    if condition.operator == "is":
        return _IS[condition.operands[0]](value) != condition.negated
    if value is None:
        # A comparison with null is neither true nor false, and neither is its opposite.
        return condition.operator == "isdistinct" and not condition.negated
    if condition.operator == "in":
        verdicts = [compare("eq", type_name, value, operand) for operand in condition.operands]
        verdict = None if None in verdicts else any(verdicts)
    else:
        verdict = compare(condition.operator, type_name, value, condition.operands[0])
    return None if verdict is None else verdict != condition.negated


def compare(operation: str, type_name: str, left: str, right: str) -> bool | None:
    """`left operation right` for two values written by PostgreSQL, None if only PostgreSQL can tell."""
    if operation not in _COMPARE:
        return None
    if type_name in _INTEGERS:
        return _COMPARE[operation](int(left), int(right))
    if type_name == "numeric":
        try:
            numbers = Decimal(left), Decimal(right)
        except InvalidOperation:
            return None
        return _COMPARE[operation](*numbers) if all(number.is_finite() for number in numbers) else None
    if type_name in _EQUAL_AS_TEXT and operation in {"eq", "neq", "isdistinct"}:
        return _COMPARE[operation](left, right)
    return None


def statement_of(condition: Condition, type_sql: str) -> str:
    """The statement that tells whether the value $1 passes, given the operands $2; for all operators but `is`.

    `type_sql` must come from the catalogue.
    """
    if condition.operator == "in":
        verdict = f"$1::text::{type_sql} = ANY ($2::text[]::{type_sql}[])"
    else:
        verdict = f"$1::text::{type_sql} {_SQL_OPERATORS[condition.operator]} ($2::text[])[1]::{type_sql}"
    return f"SELECT NOT ({verdict})" if condition.negated else f"SELECT {verdict}"


def _condition(text: str) -> Condition:
    column, equals, rest = text.partition("=")
    negated = rest.startswith("not.")
    name, dot, value = rest.removeprefix("not.").partition(".")
    if not equals or not dot or not column.strip():
        raise FilterError(f"Error parsing `filter` params: {text}")
    if name not in _OPERATORS:
        known = ", ".join(_OPERATORS)
        raise FilterError(f"Error parsing `filter` params: operator {name} is not supported (supported: {known})")
    if name != "in":
        quoted = _QUOTED.fullmatch(value)
        operand = _unescaped(quoted[1]) if quoted else value
        return Condition(column.strip(), name, (operand.lower() if name == "is" else operand,), negated)
    operands = _items(value)
    if len(operands) > _IN_MAX:
        raise FilterError(f"Error parsing `filter` params: too many values in `in` filter, at most {_IN_MAX}")
    return Condition(column.strip(), name, operands, negated)


def _items(text: str) -> tuple[str, ...]:
    inner = text.strip()
    if not (inner.startswith("(") and inner.endswith(")")):
        raise FilterError(f"Error parsing `filter` params: `in` filter must be a list in parentheses: {text}")
    inner, at, items = inner[1:-1], 0, list[str]()
    while at < len(inner):
        found = _ITEM.match(inner, at)
        if found is None or found.end() == at:
            raise FilterError(f"Error parsing `filter` params: {text}")
        quoted, plain = found.group(1), found.group(2)
        items.append(_unescaped(quoted) if quoted is not None else plain.strip())
        at = found.end()
    return tuple(items)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _parts(text: str) -> list[str]:
    parts, start, depth, quoted, at = list[str](), 0, 0, False, 0
    while at < len(text):
        letter = text[at]
        if letter == "\\" and quoted:
            at += 1
        elif letter == '"':
            quoted = not quoted
        elif not quoted:
            depth += (letter == "(") - (letter == ")")
            if letter == "," and depth <= 0:
                parts.append(text[start:at])
                start = at + 1
        at += 1
    return [*parts, text[start:]]
