"""JSON written as text inside a statement.

`format` puts an object together from the texts of its members, faster than `json_build_object`
and without its blanks. `to_json` writes every single value, so each type looks as it does anywhere else in Postgres;
JSON columns pass as they are.
"""

import json

from embedded.hasura.sql.writer import literal

# A Postgres function takes at most 100 arguments, and the pattern is one of them.
_MEMBERS_MAX = 99

Pairs = list[tuple[str, str]]


def scalar_text(expression: str) -> str:
    """Any single value as JSON; an SQL null is JSON's."""
    return f"coalesce(to_json({expression}), 'null')"


def number_text(expression: str) -> str:
    """An integer as JSON; its text costs less than `to_json`, which finds out about the type with every value."""
    return f"coalesce({expression}::text, 'null')"


def constant_text(text: str) -> str:
    """A constant of the plan as a JSON string."""
    return literal(json.dumps(text, ensure_ascii=False))


def object_text(pairs: Pairs) -> str:
    """A JSON object of keys and expressions that are JSON already; none of them may be null."""
    parts = [pairs[start : start + _MEMBERS_MAX] for start in range(0, len(pairs), _MEMBERS_MAX)]
    texts = [_formatted(part, "{" if part is parts[0] else ",", "}" if part is parts[-1] else "") for part in parts]
    return texts[0] if len(texts) == 1 else "(" + " || ".join(texts) + ")"


def list_text(item: str) -> str:
    """The JSON list of what `item`, which is JSON already, is for each row of a select."""
    return f"coalesce('[' || string_agg({item}, ',') || ']', '[]')"


def _formatted(pairs: Pairs, before: str, after: str) -> str:
    pattern = before + ",".join(f"{json.dumps(key)}:".replace("%", "%%") + "%s" for key, _ in pairs) + after
    return f"format({literal(pattern)}, {', '.join(value for _, value in pairs)})"
