"""GraphQL in, SQL out: the whole text is in `golden/`, so that every change of it is seen."""

from pathlib import Path

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from tests.unit.embedded.hasura.world import compiled, sql

ORDERS = "asc, asc_nulls_first, asc_nulls_last, desc, desc_nulls_first, or desc_nulls_last"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.graphql"))


@pytest.mark.parametrize("asked", GOLDEN, ids=lambda path: path.stem)
def test_a_query_becomes_exactly_this_statement(asked):
    role, query = asked.read_text().removeprefix("# role: ").split("\n", 1)

    expected = asked.with_suffix(".sql").read_text()

    assert sql(query, role) == " ".join(expected.split())


def test_values_travel_as_parameters_in_the_order_of_their_numbers():
    made = compiled('{ book(where: {title: {_eq: "it\'s"}, tags: {_contains: ["a\\"b", "c"]}}, limit: 3) { id } }')
    assert made.statement is not None

    assert bind(made.statement.parameters, {}, {}) == ["it's", '{"a\\"b","c"}', "3"]
    assert "it's" not in made.statement.sql


def test_a_variable_of_the_same_shape_needs_no_new_statement():
    query = "query ($id: Int!, $ids: [Int!]!) { book(where: {id: {_in: $ids, _neq: $id}}) { id } }"
    made = compiled(query, variables={"id": 1, "ids": [1, 2]})
    assert made.statement is not None

    assert made.structural == frozenset()
    assert bind(made.statement.parameters, {"id": 8, "ids": [9]}, {}) == [["9"], "8"]
    with pytest.raises(EngineError, match="expected a 32-bit integer"):
        bind(made.statement.parameters, {"id": "8", "ids": [9]}, {})


@pytest.mark.parametrize(
    ("query", "variables", "structural"),
    [
        ("query ($w: book_bool_exp) { book(where: $w) { id } }", {"w": {"id": {"_eq": 1}}}, {"w"}),
        ("query ($o: [book_order_by!]) { book(order_by: $o) { id } }", {"o": [{"id": "asc"}]}, {"o"}),
        ("query ($yes: Boolean!) { book { id @include(if: $yes) title } }", {"yes": True}, {"yes"}),
        ("query ($n: Int) { book(limit: $n) { id } }", {"n": 1}, set()),
    ],
)
def test_variables_that_shape_the_statement_are_known(query, variables, structural):
    assert compiled(query, variables=variables).structural == structural


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ("query ($id: Int!) { book_by_pk(id: $id) { id } }", {}, 'expecting a value for non-nullable variable: "id"'),
        ("{ book { id } }", {"x": 1}, "unexpected variables in variableValues: x"),
        ("query ($t: Int!) { book(where: {title: {_eq: $t}}) { id } }", {"t": 1},
         "variable 't' is declared as 'Int!', but used where 'String' is expected"),
        ("query ($t: String) { book(where: {title: {_eq: $t}}) { id } }", {},
         "unexpected null value for type 'String'"),
        ("{ book { id author } }", {}, "missing selection set for 'author'"),
        ("{ book { id { x } } }", {}, "unexpected subselection set for non-object field"),
        ("{ book { ...a } } fragment a on book { author { ...b } } fragment b on author { books { ...a } }", {},
         "the fragment definition(s) a and b form a cycle"),
        ("{ book { id @exclude(if: true) } }", {}, "directive 'exclude' is not defined in the schema"),
        ("query @include(if: true) { book { id } }", {}, "directive 'include' is not allowed on a query"),
        ("{ book(order_by: {id: up}) { id } }", {},
         f"expected one of the values {ORDERS} for type 'order_by', but found 'up'"),
        ("{ book { x: id x: title } }", {}, "selection of both 'id' and 'title' specify the same response name, 'x'"),
        ("{ book_by_pk { id } }", {}, "missing required field 'id'"),
    ],
)  # fmt: skip
def test_a_request_that_does_not_fit_is_refused(query, variables, message):
    with pytest.raises(EngineError) as refused:
        compiled(query, variables=variables)

    assert refused.value.message == message
    assert refused.value.code == "validation-failed"


def test_a_query_nested_without_end_is_refused():
    query = "{ book " + "{ author { books " * 30 + "{ id }" + "} }" * 30 + " }"

    with pytest.raises(EngineError, match="nested too deeply"):
        compiled(query)
