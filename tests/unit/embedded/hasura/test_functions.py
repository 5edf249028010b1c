"""Functions, computed fields and what filters can say of them: golden statements, checks, who sees what."""

import copy
from pathlib import Path
from typing import Any

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from tests.unit.embedded.hasura.shop import METADATA, compiled, computed, schema, sql, tracked

GOLDEN = sorted((Path(__file__).parent / "golden_functions").glob("*.graphql"))


@pytest.mark.parametrize("asked", GOLDEN, ids=lambda path: path.stem)
def test_a_query_becomes_exactly_this_statement(asked):
    role, query = asked.read_text().removeprefix("# role: ").split("\n", 1)

    expected = asked.with_suffix(".sql").read_text()

    assert sql(query, role) == " ".join(expected.split())


def test_everything_in_the_shop_is_consistent():
    assert tracked().inconsistent == ()


def test_the_session_reaches_a_function_whole_and_as_json():
    statement = compiled("{ newest { id } }", "owner").statement
    assert statement is not None
    session = {"x-hasura-role": "owner", "x-hasura-user-id": "7"}

    bound = bind(statement.parameters, {}, session)

    assert bound == ['{"x-hasura-role": "owner", "x-hasura-user-id": "7"}', "7"]


def test_a_session_variable_inside_a_list_is_bound_beside_the_constants():
    statement = compiled("{ item { id } }", "listed").statement
    assert statement is not None

    assert bind(statement.parameters, {}, {"x-hasura-user-id": "7"}) == [["7", "shop"]]


def test_a_missing_session_variable_inside_a_list_is_an_error():
    statement = compiled("{ item { id } }", "listed").statement
    assert statement is not None

    with pytest.raises(EngineError, match='missing session variables: "x-hasura-user-id"'):
        bind(statement.parameters, {}, {})


def test_an_explicit_null_is_passed_as_null_and_is_not_an_omitted_argument():
    statement = compiled("{ search(args: {term: null}) { id } }").statement
    assert statement is not None

    assert bind(statement.parameters, {}, {}) == [None]


def test_arguments_may_come_from_variables():
    query = "query ($term: String) { search(args: {term: $term}) { id } }"
    statement = compiled(query, variables={"term": "x"}).statement
    assert statement is not None

    assert bind(statement.parameters, {"term": "x"}, {}) == ["x"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ('{a: "x"}', "Non default arguments cannot be omitted"),
        ("{c: true}", "Non default arguments cannot be omitted"),
        ("{}", "Non default arguments cannot be omitted"),
    ],
)
def test_arguments_without_a_default_cannot_be_omitted(args, message):
    with pytest.raises(EngineError) as refused:
        sql(f"{{ odd(args: {args}) {{ id }} }}")

    assert (refused.value.code, refused.value.message) == ("not-supported", message)
    assert refused.value.path == "$.selectionSet.odd.args.args"


def test_only_the_last_arguments_can_be_omitted_if_they_have_no_names():
    with pytest.raises(EngineError, match="Only last set of positional arguments can be omitted"):
        sql('{ trailing(args: {a: "x", arg_2: true}) { id } }')

    assert '"trailing"($1::text, ($2::text)::integer)' in sql('{ trailing(args: {a: "x", arg_1: 2}) { id } }')


def test_args_are_required_unless_all_of_them_have_defaults():
    with pytest.raises(EngineError, match="missing required field 'args'"):
        sql("{ search { id } }")

    fields = schema().query.fields
    assert "args" not in fields["any_item"].args
    assert str(fields["search"].args["args"].type) == "search_args!"


def _reason(function: dict[str, Any]) -> str:
    metadata = copy.deepcopy(METADATA)
    metadata["sources"][0]["functions"] = [function]
    (found,) = tracked(metadata).inconsistent
    name = function["function"]
    assert (found.kind, found.name) == ("function", f"function {name} in source default")
    assert found.definition == {"schema": "public", "name": name}
    return found.reason


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ({"function": "gone"}, 'in function "gone": no such function exists: "gone"'),
        (
            {"function": "twice"},
            'in function "twice": function "twice" is overloaded. Overloaded functions are not supported',
        ),
        (
            {"function": "many"},
            (
                'in function "many": the function "many" cannot be tracked because '
                'function with "VARIADIC" parameters are not supported'
            ),
        ),
        (
            {"function": "nothing"},
            (
                'in function "nothing": the function "nothing" cannot be tracked for the following reasons:\n'
                '  • the function does not return a "COMPOSITE" type\n  • the function does not return a table\n'
            ),
        ),
        (
            {"function": "odd_name"},
            (
                'in function "odd_name": the function "odd_name" cannot be tracked because '
                'the function arguments "1st" are not in compliance with GraphQL spec'
            ),
        ),
        ({"function": "untracked"}, 'table "audit" is not tracked'),
        (
            {"function": "search", "configuration": {"exposed_as": "mutation"}},
            (
                'in function "search": the function "search" cannot be tracked because the function '
                "was requested to be exposed as a mutation, but is not marked VOLATILE. "
                "Maybe the function was given the wrong volatility when it was defined?"
            ),
        ),
        (
            {"function": "search", "configuration": {"session_argument": "gone"}},
            (
                'in function "search": the function "search" cannot be tracked because given session argument "gone" '
                "not the input argument of the function"
            ),
        ),
        (
            {"function": "search", "configuration": {"session_argument": "term"}},
            (
                'in function "search": the function "search" cannot be tracked because given session argument "term" '
                "is not of type json"
            ),
        ),
    ],
)
def test_a_function_that_cannot_be_tracked_is_reported_in_hasura_s_words(function, reason):
    assert _reason(function) == reason


def _computed_reason(field: dict[str, Any]) -> str:
    metadata = copy.deepcopy(METADATA)
    table = metadata["sources"][0]["tables"][0]
    table["computed_fields"] = [field]
    table["select_permissions"] = []
    (found,) = tracked(metadata).inconsistent
    assert found.kind == "computed_field"
    return found.reason.removeprefix('in table "item": ')


def _because(name: str, reason: str) -> str:
    where = f'in computed field "{name}": '
    return f'{where}the computed field "{name}" cannot be added to table "item" because {reason}'


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (computed("name", "label"), "field definition conflicts with postgres column"),
        (computed("reviews", "label"), 'Multiple definitions for "reviews" in table "item"'),
        (computed("f", "gone"), 'in computed field "f": no such function exists: "gone"'),
        (
            computed("f", "changing"),
            _because("f", 'the function "changing" is of type VOLATILE; cannot be added as a computed field'),
        ),
        (
            computed("f", "search"),
            (
                'in computed field "f": the computed field "f" cannot be added to table "item" '
                "for the following reasons:\n"
                '  • first argument of the function "search" is not COMPOSITE type\n'
                '  • first argument of the function "search" of type "pg_catalog.text" is not the table to which the '
                "computed field is being added\n"
            ),
        ),
        (computed("f", "any_item"), _because("f", 'the function "any_item" has no input arguments')),
        (
            computed("f", "label", table_argument="gone"),
            _because("f", '"gone" is not an input argument of the function "label"'),
        ),
        (
            computed("f", "shout", session_argument="mark"),
            _because("f", '"mark" argument of the function "shout" is not of type JSON'),
        ),
        (
            computed("f", "shout", session_argument="gone"),
            _because("f", '"gone" is not an input argument of the function "shout"'),
        ),
    ],
)
def test_a_computed_field_that_cannot_be_is_reported_in_hasura_s_words(field, reason):
    assert _computed_reason(field) == reason


@pytest.mark.parametrize(
    ("granted", "reason"),
    [
        ("gone", 'computed field "gone" does not exist'),
        (
            "alike",
            (
                'select permissions on computed field "alike" are auto-derived from the permissions on its returning '
                'table "item" and cannot be specified manually'
            ),
        ),
    ],
)
def test_a_permission_can_only_list_computed_values(granted, reason):
    metadata = copy.deepcopy(METADATA)
    permissions = metadata["sources"][0]["tables"][0]["select_permissions"]
    permissions[:] = [{"role": "x", "permission": {"columns": [], "filter": {}, "computed_fields": [granted]}}]
    metadata["inherited_roles"] = []

    reasons = [found.reason for found in tracked(metadata).inconsistent if found.kind == "select_permission"]

    assert [one.endswith(reason) for one in reasons] == [True]


def test_functions_that_only_read_are_for_those_who_may_read_their_rows():
    for role in ("owner", "buyer", "trader"):
        assert {"search", "newest", "any_item", "similar"} <= schema(role).query.fields.keys()
    assert "search" not in schema("stranger").query.fields
    assert "search_aggregate" in schema("owner").query.fields
    assert "search_aggregate" not in schema("buyer").query.fields


def test_functions_are_only_for_listed_roles_if_permissions_are_not_inferred():
    explicit = schema("owner", permissions_inferred=False)

    assert "search" not in explicit.query.fields
    assert "search" in schema("admin", permissions_inferred=False).query.fields
    assert explicit.mutation is not None
    assert "touch" in explicit.mutation.fields


def test_functions_that_write_are_only_for_listed_roles_and_only_mutations():
    owner, buyer = schema("owner"), schema("buyer")

    assert owner.mutation is not None
    assert "touch" in owner.mutation.fields
    assert "touch_aggregate" not in owner.mutation.fields
    assert "touch" not in owner.query.fields
    assert buyer.mutation is None or "touch" not in buyer.mutation.fields


def test_a_function_s_own_names_stand_in_the_schema():
    fields = schema().query.fields

    assert "similar" in fields
    assert "similar_count" in fields
    assert "by_row" not in fields
    assert str(fields["similar"].args["args"].type) == "similar_args!"


def test_a_function_that_returns_one_row_is_an_object_without_list_arguments():
    field = schema().query.fields["newest"]

    assert str(field.type) == "item"
    assert field.args == {}
    assert "newest_aggregate" not in schema().query.fields


def test_computed_values_are_seen_if_listed_and_computed_rows_by_their_table():
    owner = schema("owner").query.fields["item"].type.of_type.of_type.of_type.fields
    buyer = schema("buyer").query.fields["item"].type.of_type.of_type.of_type.fields

    assert {"label", "alike", "alike_aggregate", "rated"} <= owner.keys()
    assert not {"shout", "mine", "details"} & owner.keys()
    assert {"alike", "rated"} <= buyer.keys()
    assert not {"label", "alike_aggregate"} & buyer.keys()


def test_a_client_cannot_filter_or_order_by_what_it_does_not_see():
    for asked in ('where: {label: {_eq: "a"}}', "order_by: {label: asc}", "where: {reviews_aggregate: {}}"):
        with pytest.raises(EngineError, match="not found in type"):
            sql(f"{{ item({asked}) {{ id }} }}", "buyer")


def test_a_computed_field_with_arguments_is_nothing_to_filter_or_order_by():
    for asked in ('where: {shout: {_eq: "a"}}', "order_by: {shout: asc}"):
        with pytest.raises(EngineError, match="field 'shout' not found in type"):
            sql(f"{{ item({asked}) {{ id }} }}")


def test_an_aggregate_in_a_filter_needs_a_predicate():
    with pytest.raises(EngineError, match="missing required field 'predicate'"):
        sql("{ item(where: {reviews_aggregate: {count: {}}}) { id } }")
