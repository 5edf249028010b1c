"""The comparison operators there are, and which of them a type offers to clients."""

from typing import Literal

from embedded.hasura.catalogue.tree import SqlType

Operand = Literal["same", "list", "boolean", "text", "texts", "json"]

COMPARISONS: dict[str, Operand] = {
    "_eq": "same", "_neq": "same", "_gt": "same", "_gte": "same", "_lt": "same", "_lte": "same",
    "_in": "list", "_nin": "list", "_is_null": "boolean",
}  # fmt: skip
PATTERNS: dict[str, Operand] = dict.fromkeys(
    ("_like", "_nlike", "_ilike", "_nilike", "_similar", "_nsimilar", "_regex", "_iregex", "_nregex", "_niregex"),
    "same",
)
JSON_OPERATORS: dict[str, Operand] = {
    "_contains": "json", "_contained_in": "json",
    "_has_key": "text", "_has_keys_any": "texts", "_has_keys_all": "texts",
}  # fmt: skip
ARRAY_OPERATORS: dict[str, Operand] = {"_contains": "same", "_contained_in": "same"}
LTREE_OPERATORS: dict[str, Operand] = {
    "_ancestor": "same", "_ancestor_any": "list", "_descendant": "same", "_descendant_any": "list",
    "_matches": "text", "_matches_any": "texts", "_matches_fulltext": "text",
}  # fmt: skip

# The values of an enum table have no order and are no texts to search in.
ENUM_OPERATORS: dict[str, Operand] = {name: COMPARISONS[name] for name in ("_eq", "_neq", "_in", "_nin", "_is_null")}

_TEXTS = {"text", "varchar", "bpchar", "citext", "name", "char"}

# The right-hand side of these is a type of its own, not the column's.
OPERAND_TYPES = {
    "_matches": SqlType("lquery", "lquery", "U"),
    "_matches_any": SqlType("lquery", "lquery", "U"),
    "_matches_fulltext": SqlType("ltxtquery", "ltxtquery", "U"),
}


def operators_of(sql_type: SqlType) -> dict[str, Operand]:
    """The operators of a type with what each takes, in the order the schema lists them."""
    if sql_type.enum is not None:
        return ENUM_OPERATORS
    if sql_type.element is not None:
        return COMPARISONS | ARRAY_OPERATORS
    if sql_type.name in _TEXTS:
        return COMPARISONS | PATTERNS
    if sql_type.name == "jsonb":
        return COMPARISONS | JSON_OPERATORS
    if sql_type.name == "ltree":
        return COMPARISONS | LTREE_OPERATORS
    return COMPARISONS
