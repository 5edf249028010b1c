"""One statement for many subscribers: the whole text, and what of a request it depends on."""

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.answer import answer_shape
from embedded.hasura.subscriptions.explain import variables_by_source
from tests.unit.embedded.hasura.world import compiled


def multiplexed(query: str, role: str = "admin", **variables: object) -> Multiplexed:
    statement = compiled(query, role, variables).multiplexed
    assert statement is not None
    return statement


def test_parameters_are_read_from_a_row_and_cast_once_for_it():
    made = multiplexed(
        "subscription ($ids: [Int!]) { author(where: {id: {_in: $ids}}, limit: 7) { name } }", "reader", ids=[1]
    )

    expected = """
        SELECT _subs.result_id, _answer.* FROM (
          SELECT _raw.result_id,
            (_raw.result_vars ->> 0)::text AS p1,
            ((_raw.result_vars ->> 1)::text[])::integer[] AS p2,
            ((_raw.result_vars ->> 2)::text)::bigint AS p3
          FROM unnest($1::uuid[], $2::json[]) AS _raw(result_id, result_vars) OFFSET 0
        ) AS _subs LEFT OUTER JOIN LATERAL (
          SELECT (SELECT coalesce('[' || string_agg(format('{"name":%s}', coalesce(to_json(t1."name"), 'null')), ',')
              || ']', '[]')
            FROM (SELECT t2.* FROM "public"."author" AS t2
              WHERE ((t2."owner" = _subs.p1) AND (t2."id" = ANY (_subs.p2))) LIMIT least(_subs.p3, 5)) AS t1) AS r0
        ) AS _answer ON true"""
    assert "".join(made.sql.split()) == "".join(expected.split())
    assert made.position is None


def test_a_stream_answers_its_last_position_beside_its_rows():
    made = multiplexed(
        """subscription ($from: Int!) {
            book_stream(batch_size: 2, cursor: {initial_value: {id: $from}, ordering: DESC}) { title } }""",
        **{"from": 9},
    )

    assert "SELECT coalesce('[' || string_agg(" in made.sql
    assert '(array_agg(t1."id"::text))[count(*)] FROM' in made.sql
    assert 'WHERE (t2."id" < _subs.p1) ORDER BY t2."id" DESC NULLS FIRST LIMIT _subs.p2' in made.sql
    assert made.position == 0


def test_who_asks_for_other_values_shares_the_statement():
    ask = "subscription {{ book(where: {{sold: {{_gt: {}}}}}) {{ id }} }}"

    assert multiplexed(ask.format(1)).sql == multiplexed(ask.format(2)).sql


def test_the_check_reads_each_parameter_as_its_type():
    made = multiplexed('subscription { book(where: {id: {_eq: 1}, tags: {_contains: ["a"]}}) { id } }')

    assert made.check == "SELECT (($1::text)::integer) IS NULL, (($2::text)::text[]) IS NULL"


def test_the_answer_is_put_together_around_the_columns():
    query = "subscription @_multiple_top_level_fields { __typename b: book { id } a: author { id } }"
    shape = answer_shape(compiled(query).plan)

    assert shape.text(['[{"id":1}]', "[]"]) == '{"__typename":"subscription_root","b":[{"id":1}],"a":[]}'


def test_explaining_tells_variables_by_where_they_come_from():
    query = "subscription ($n: String) { author(where: {name: {_eq: $n}}, limit: 3) { id } }"
    made = multiplexed(query, "reader", n="ann")
    session = {"x-hasura-user-id": "7", "x-hasura-else": "8"}

    wires = bind(made.parameters, {"n": "ann"}, session)

    variables = variables_by_source(made, wires, session)
    assert variables == {"session": {"x-hasura-user-id": "7"}, "query": {"n": "ann"}, "synthetic": ["3"]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("batch_size: 1, cursor: []", "one streaming column field is expected"),
        ("batch_size: 1, cursor: [null]", "one streaming column field is expected"),
        ("batch_size: 1, cursor: {initial_value: {}}", "one streaming column field is expected"),
        (
            'batch_size: 1, cursor: {initial_value: {id: 1, title: "x"}}',
            "multiple column cursors are not supported yet",
        ),
        (
            "batch_size: 1, cursor: [{initial_value: {id: 1}}, {initial_value: {sold: 1}}]",
            "multiple column cursors are not supported yet",
        ),
        ("batch_size: 1, cursor: {initial_value: {id: null}}", "unexpected null value for type 'Int'"),
        ("cursor: {initial_value: {id: 1}}", "missing required field 'batch_size'"),
        ("batch_size: -1, cursor: {initial_value: {id: 1}}", "expected a non-negative 32-bit integer"),
        ("batch_size: 1, cursor: {ordering: ASC}", "missing required field 'initial_value'"),
    ],
)
def test_a_stream_without_exactly_one_column_to_go_by_is_refused(arguments, message):
    with pytest.raises(EngineError) as refused:
        compiled(f"subscription {{ book_stream({arguments}) {{ id }} }}")

    assert refused.value.message.startswith(message)
    assert refused.value.code == "validation-failed"


def test_a_stream_stands_alone():
    stream = "book_stream(batch_size: 1, cursor: {initial_value: {id: 1}}) { id }"

    with pytest.raises(EngineError, match="must select one top level field"):
        compiled(f"subscription @_multiple_top_level_fields {{ {stream} author {{ id }} }}")


def test_a_nullable_column_may_start_at_null():
    made = multiplexed("subscription { book_stream(batch_size: 1, cursor: {initial_value: {sold: null}}) { id } }")

    assert made.position == 0
