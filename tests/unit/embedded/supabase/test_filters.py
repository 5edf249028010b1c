"""The filter grammar and the comparisons that need no database."""

import pytest

from embedded.supabase.realtime.filters import Condition, FilterError, compare, parse_filter


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("", ()),
        ("id=eq.1", (Condition("id", "eq", ("1",)),)),
        ("body=eq.a=b.c", (Condition("body", "eq", ("a=b.c",)),)),
        ("body=eq.", (Condition("body", "eq", ("",)),)),
        ("a=gt.1,b=lte.2", (Condition("a", "gt", ("1",)), Condition("b", "lte", ("2",)))),
        ("a=in.(1,2),b=neq.3", (Condition("a", "in", ("1", "2")), Condition("b", "neq", ("3",)))),
        ('a=in.("x,y",z, "q\\"q")', (Condition("a", "in", ("x,y", "z", 'q"q')),)),
        ("a=in.()", (Condition("a", "in", ()),)),
    ],
)
def test_a_filter_is_read_into_its_conditions(text, conditions):
    assert parse_filter(text) == conditions


@pytest.mark.parametrize("text", ["id", "id=1", "=eq.1", "id=near.x", "id=in.1", f"id=in.({','.join('1' * 101)})"])
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(FilterError):
        parse_filter(text)


@pytest.mark.parametrize(
    ("operation", "type_name", "left", "right", "verdict"),
    [
        ("lt", "int4", "9", "10", True),
        ("gt", "int8", "9007199254740993", "9007199254740992", True),
        ("eq", "numeric", "1.10", "1.1", True),
        ("lt", "numeric", "NaN", "1", None),
        ("neq", "text", "a", "b", True),
        ("eq", "uuid", "x", "x", True),
        ("lt", "text", "a", "b", None),
        ("eq", "bpchar", "a ", "a", None),
        ("gt", "timestamptz", "2026-01-01 00:00:00+00", "2025-01-01 00:00:00+00", None),
    ],
)
def test_values_compare_as_their_type_or_are_left_to_postgres(operation, type_name, left, right, verdict):
    assert compare(operation, type_name, left, right) is verdict
