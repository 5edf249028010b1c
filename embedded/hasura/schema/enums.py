"""Enum tables: why a table cannot be one, and the type its rows become."""

from collections.abc import Iterator

from embedded.hasura.catalogue.tree import Column, EnumType, EnumValue, Relation
from embedded.hasura.schema.names import is_graphql_name
from embedded.hasura.schema.reasons import joined
from embedded.hasura.schema.tracked import Inconsistency

# Hasura's sentences have a typographic apostrophe here, and only here.
_POSSESSIVE = "the table\N{RIGHT SINGLE QUOTATION MARK}s"

_HASH_SEED = -2578643520546668380
_HASH_PRIME = 16777619
_HASH_MASK = (1 << 64) - 1


def enum_type(relation: Relation, graphql_name: str, rows: tuple[EnumValue, ...] | None) -> EnumType:
    """The type that the rows of an enum table stand for.

    Raises:
        Inconsistency: with every reason why the table cannot be used as an enum.
    """
    reasons = [*_structure(relation)]
    if not reasons and not rows:
        reasons = ["the table must have at least one row"]
    if not reasons:
        reasons = [*_names(rows or ())]
    if reasons:
        what = f'the table "{relation.name.display}" cannot be used as an enum'
        raise Inconsistency(f"{what} {joined(reasons)}")
    return EnumType(f"{graphql_name}_enum", tuple(sorted(rows or (), key=_position)))


def _structure(relation: Relation) -> Iterator[str]:
    key = relation.primary_key
    value = key.columns[0] if key is not None and len(key.columns) == 1 else None
    if key is None:
        yield "the table must have a primary key"
    elif value is None:
        yield f"{_POSSESSIVE} primary key must not span multiple columns ({', '.join(sorted(key.columns))})"
    else:
        yield from _not_text("primary key", relation.columns_by_name[value])
    # A key of another type does not count as the key when the columns beside it are counted.
    counts = value is not None and relation.columns_by_name[value].type.name == "text"
    others = [column for column in relation.columns if not counts or column.name != value]
    if len(others) == 1:
        yield from _not_text("comment column", others[0])
    elif len(others) > 1:
        names = ", ".join(sorted(column.name for column in others))
        yield (
            "the table must have exactly one primary key and optionally one comment column, "
            f"not {len(others)} columns ({names})"
        )


def _not_text(what: str, column: Column) -> Iterator[str]:
    if column.type.name != "text":
        yield f'{_POSSESSIVE} {what} ("{column.name}") must have type "text", not type "{column.type.sql}"'


def _names(rows: tuple[EnumValue, ...]) -> Iterator[str]:
    wrong = sorted(row.name for row in rows if not is_graphql_name(row.name) or row.name in {"true", "false", "null"})
    plural = "are not valid GraphQL enum value names"
    match [f'"{name}"' for name in wrong]:
        case []:
            return
        case [one]:
            yield f"the value {one} is not a valid GraphQL enum value name"
        case [one, other]:
            yield f"the values {one} and {other} {plural}"
        case several:
            yield f"the values {', '.join(several[:-1])}, and {several[-1]} {plural}"


def _position(value: EnumValue) -> list[int]:
    """Where Hasura lists a value in its messages: in the order of a Haskell hash map, by the low bits first."""
    number = _HASH_SEED & _HASH_MASK
    for byte in value.name.encode("utf-16-le"):
        number = (number * _HASH_PRIME & _HASH_MASK) ^ byte
    return [number >> shift & 15 for shift in range(0, 64, 4)]
