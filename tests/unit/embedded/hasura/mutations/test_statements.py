"""Mutations in, statements out: what the database is told is in `golden/`, so that every change of it is seen."""

from pathlib import Path

import pytest

from embedded.hasura.errors import EngineError
from tests.unit.embedded.hasura.mutations.world import compiled, performed

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.graphql"))


@pytest.mark.parametrize("asked", GOLDEN, ids=lambda path: path.stem)
async def test_a_mutation_becomes_exactly_these_statements(asked):
    role, query = asked.read_text().removeprefix("# role: ").split("\n", 1)

    told = await performed(query, role)

    assert told.text == asked.with_suffix(".sql").read_text().strip()


async def test_the_statement_for_rows_alike_does_not_depend_on_their_number():
    query = "mutation ($rows: [book_insert_input!]!) { insert_book(objects: $rows) { affected_rows } }"
    few = await performed(query, variables={"rows": [{"author_id": i, "title": str(i)} for i in range(2)]})
    many = await performed(query, variables={"rows": [{"author_id": i, "title": str(i)} for i in range(900)]})

    assert few.asked[0][0].sql == many.asked[0][0].sql
    assert list(many.asked[0][1]) == [[str(i) for i in range(900)]] * 2


async def test_rows_that_are_all_the_same_are_still_as_many_rows():
    told = await performed('mutation { insert_book(objects: [{title: "a"}, {title: "a"}]) { affected_rows } }')

    assert "VALUES ($1::text), ($1::text)" in told.text


async def test_variables_inside_rows_are_bound_with_every_request():
    query = """mutation ($a: String!, $tags: [String!]) {
      insert_book(objects: [{title: $a, tags: $tags}, {title: "b", tags: ["x", $a]}]) { affected_rows } }"""
    made = compiled(query, variables={"a": "1", "tags": ["t"]})
    told = await performed(query, variables={"a": "2", "tags": ["u", "v"]})

    assert made.structural == frozenset()
    assert told.asked[0][1] == ["2", '{"u","v"}', "b", ["x", "2"]]


async def test_no_value_of_a_client_stands_in_a_statement():
    evil = "'; DROP TABLE author; --"
    query = """mutation ($e: String!, $j: jsonb) {
      insert_author(objects: [{name: $e, info: $j}, {name: "'; DROP TABLE author; --"}],
        on_conflict: {constraint: author_pkey, update_columns: [name], where: {name: {_eq: $e}}}) { affected_rows }
      update_author(where: {name: {_like: $e}}, _set: {name: $e}, _delete_at_path: {info: [$e]}) { affected_rows }
      delete_author(where: {name: {_in: [$e, "x"]}}) { affected_rows } }"""
    told = await performed(query, variables={"e": evil, "j": {evil: evil}})

    assert len(told.asked) == 3
    assert all("DROP" not in statement.sql for statement, _ in told.asked)


async def test_too_many_values_for_one_statement_are_refused():
    query = "mutation ($rows: [book_insert_input!]!) { insert_book(objects: $rows) { affected_rows } }"
    rows = [{"id": i, "author_id": -i, "title": str(i), "tags": [str(i)]} for i in range(1, 9_000)]
    alike = await performed(query, variables={"rows": rows})
    assert len(alike.asked[0][1]) == 4

    with pytest.raises(EngineError, match="too many values for one insert"):
        await performed(query, variables={"rows": [*rows, {"id": 0}]})


def test_plans_are_kept_unless_rows_stand_in_a_variable():
    alike = compiled("mutation ($n: String!) { insert_author_one(object: {name: $n}) { id } }", variables={"n": "a"})
    whole = compiled(
        "mutation ($o: author_insert_input!) { insert_author_one(object: $o) { id } }", variables={"o": {"name": "a"}}
    )

    assert alike.worth_keeping
    assert not whole.worth_keeping
