"""JSON as text: what an object, a list and a constant are in a statement."""

from embedded.hasura.sql.json_text import constant_text, list_text, object_text, scalar_text
from tests.unit.embedded.hasura.world import sql


def test_an_object_is_a_pattern_and_the_texts_of_its_members():
    pairs = [("id", scalar_text('t1."id"')), ("kind", constant_text("it's"))]

    assert object_text(pairs) == ("""format('{"id":%s,"kind":%s}', coalesce(to_json(t1."id"), 'null'), '"it''s"')""")


def test_a_percent_sign_in_a_key_is_no_placeholder():
    assert object_text([("100%", "a")]) == """format('{"100%%":%s}', a)"""


def test_a_list_without_rows_is_empty():
    assert list_text("x") == "coalesce('[' || string_agg(x, ',') || ']', '[]')"


def test_wide_selections_stay_below_the_limit_of_function_arguments():
    made = object_text([(f"c{i}", f"v{i}") for i in range(100)])

    first, second = made.removeprefix("(").removesuffix(")").split(" || ")
    assert first.startswith("""format('{"c0":%s,""")
    assert first.endswith("v98)")
    assert second == """format(',"c99":%s}', v99)"""


def test_wide_selections_of_a_client_are_one_object():
    wide = " ".join(f"c{i}: id" for i in range(250))

    assert sql("{ book { " + wide + " } }").count(" || format(") == 2


def test_an_integer_is_its_text():
    assert "coalesce(t1.\"id\"::text, 'null')" in sql("{ book { id } }")
