"""Values of Postgres' types: what is refused before Postgres is asked, in Hasura's words."""

import pytest

from embedded.hasura.document.postgres_scalars import check_postgres_scalar
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.literals import ExactFloat

LTREE = "Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3"
BIGINT = "parsing Integer expected for input type: PGBigInt failed"
FLOAT8 = "parsing Float expected for input type: PGDouble failed"
BOUNDS = "lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?"


@pytest.mark.parametrize(
    ("scalar", "value", "message"),
    [
        ("ltree", "a.b.", LTREE),
        ("ltree", "", LTREE),
        ("ltree", 3, LTREE),
        ("bigint", True, f"{BIGINT}, expected Number, but encountered Boolean"),
        ("bigint", ExactFloat("1.5"), f"The value 1.5 {BOUNDS}"),
        ("bigint", 2**63, f"The value 9.223372036854775808e18 {BOUNDS}"),
        ("bigint", ExactFloat("1e400"), f"The value 1.0e400 {BOUNDS}"),
        ("smallint", 40000, f"The value 40000.0 {BOUNDS}"),
        ("numeric", [], "parsing Scientific failed, expected Number, but encountered Array"),
        ("float8", {}, f"{FLOAT8}, expected Number, but encountered Object"),
        ("uuid", 5, "parsing UUID failed, expected String, but encountered Number"),
        ("timestamptz", 5, "parsing UTCTime failed, expected String, but encountered Number"),
        ("interval", 5, "A string is expected for type: interval"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_of_the_type_is_refused(scalar, value, message):
    with pytest.raises(EngineError) as refused:
        check_postgres_scalar(value, scalar, "$.here")

    assert (refused.value.code, refused.value.message) == ("parse-failed", message)
    assert refused.value.path == "$.here"


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("ltree", "a.b"),
        ("bigint", "12"),
        ("bigint", 2**63 - 1),
        ("bigint", "no number"),
        ("numeric", ExactFloat("1.50")),
        ("uuid", "nonsense"),
        ("jsonb", {"a": [1]}),
        ("mood", 5),
    ],
)
def test_everything_else_is_left_to_postgres(scalar, value):
    check_postgres_scalar(value, scalar, "$")
