"""The one byte form of a JSON value."""

import hashlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canonical import NotCanonicalError, canonical_bytes, digest, digest_of_bytes, is_digest

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer())
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def test_the_example_of_the_rfc_has_the_bytes_of_the_rfc():
    value = {
        "numbers": [333333333.33333329, 4.5, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
        "literals": [None, True, False],
    }

    got = canonical_bytes(value)

    assert got == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_ordered_by_utf_16_code_units_not_by_code_points():
    value = {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "\r": 4, "1": 5, "\u0080": 6, "\u00f6": 7}

    got = canonical_bytes(value)

    assert list(json.loads(got).values()) == [4, 5, 6, 7, 3, 2, 1]


@given(_JSON)
def test_writing_reading_and_writing_again_changes_no_byte(value: object):
    once = canonical_bytes(value)

    assert canonical_bytes(json.loads(once)) == once


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 9), min_size=2))
def test_the_order_of_members_does_not_change_the_digest(value: dict[str, int]):
    turned = dict(reversed(list(value.items())))

    assert digest(turned) == digest(value)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        -0.0,
        {"amount": 10.0},
        [[2e20]],
        math.nan,
        math.inf,
        2**53,
        {1: "one"},
        "\ud800",
        {"\udfff": 1},
        b"bytes",
        {1},
    ],
    ids=repr,
)
def test_what_two_readers_could_read_differently_is_refused(value: object):
    with pytest.raises(NotCanonicalError):
        canonical_bytes(value)


def test_the_refusal_says_where_it_stands():
    with pytest.raises(NotCanonicalError, match=r"\$\.steps\[1\]\.amount is the float 10\.0"):
        canonical_bytes({"steps": [{}, {"amount": 10.0}]})


def test_a_bottomless_value_is_refused_instead_of_exhausting_the_stack():
    value: list[object] = []
    for _ in range(5000):
        value = [value]

    with pytest.raises(NotCanonicalError, match="nested deeper"):
        canonical_bytes(value)


def test_a_digest_is_prefixed_sha256_of_the_canonical_bytes():
    expected = "sha256:" + hashlib.sha256(b'{"a":1,"b":[true]}').hexdigest()

    assert digest({"b": [True], "a": 1}) == expected
    assert digest_of_bytes(b'{"a":1,"b":[true]}') == expected
    assert is_digest(expected)
    assert not is_digest(expected.upper())
    assert not is_digest(expected.removeprefix("sha256:"))
