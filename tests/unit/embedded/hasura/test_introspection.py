"""Introspection: whole schemas that clients can build, and every part of one that a document may ask for."""

import asyncio
import json

import pytest
from graphql import build_client_schema, get_introspection_query, validate_schema

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.compile import Request, compile_request
from embedded.hasura.schema.introspection import introspected
from embedded.hasura.schema.role import RoleSchema
from tests.unit.embedded.hasura.world import MANNER, tracked

EVERYTHING = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)


def answer(query, role="admin", **variables):
    compiled = compile_request(Request(query, variables), RoleSchema(role, tracked()), MANNER)
    assert compiled.introspecting is not None
    texts = asyncio.run(compiled.introspecting.texts(asyncio.Semaphore(1)))
    return {key: json.loads(text) for key, text in texts.items()}


@pytest.mark.parametrize("role", ["admin", "reader", "nobody"])
@pytest.mark.parametrize("query", [EVERYTHING, get_introspection_query()])
def test_clients_can_build_the_schema_of_any_role(role, query):
    schema = build_client_schema(answer(query, role))

    assert validate_schema(schema) == []
    assert schema.query_type is not None


def test_types_fields_and_arguments_are_in_alphabetical_order():
    whole = answer(EVERYTHING)["__schema"]
    types = [one["name"] for one in whole["types"]]
    book = next(one for one in whole["types"] if one["name"] == "book")
    rows = next(one for one in whole["types"] if one["name"] == "query_root")["fields"]
    arguments = next(one["args"] for one in rows if one["name"] == "book")

    assert types == sorted(types)
    assert [field["name"] for field in book["fields"]] == sorted(field["name"] for field in book["fields"])
    assert [one["name"] for one in arguments] == ["distinct_on", "limit", "offset", "order_by", "where"]
    assert [one["name"] for one in whole["directives"]] == ["cached", "include", "skip"]


def test_a_role_without_anything_sees_nothing_but_that():
    whole = answer(EVERYTHING, "nobody")["__schema"]
    root = next(one for one in whole["types"] if one["name"] == "query_root")

    assert [field["name"] for field in root["fields"]] == ["no_queries_available"]
    assert (whole["mutationType"], whole["subscriptionType"]) == (None, None)
    assert not any(one["name"].startswith("book") for one in whole["types"])


def test_aliases_fragments_directives_and_variables_are_obeyed():
    query = """
        query ($name: String!, $fields: Boolean!, $old: Boolean) {
          mine: __type(name: $name) {
            title: name
            __typename
            ...f
            ... on __Type @skip(if: $fields) { kind }
            ... on __Field { nothing }
          }
          nothing: __type(name: "unheard_of") { name }
        }
        fragment f on __Type {
          parts: fields(includeDeprecated: $old) @include(if: $fields) { name type { kind ofType { name } } }
        }
    """

    shown = answer(query, name="author", fields=True)
    without = answer(query, name="author", fields=False)

    assert list(shown["mine"]) == ["title", "__typename", "parts"]
    assert shown["mine"]["__typename"] == "__Type"
    assert {"name": "id", "type": {"kind": "NON_NULL", "ofType": {"name": "Int"}}} in shown["mine"]["parts"]
    assert without["mine"] == {"title": "author", "__typename": "__Type", "kind": "OBJECT"}
    assert shown["nothing"] is None


def test_introspection_stands_beside_data():
    compiled = compile_request(
        Request("{ a: __schema { queryType { name } } book { id } __typename }"), RoleSchema("admin", tracked()), MANNER
    )

    assert compiled.plan.keys == ("a", "book", "__typename")
    assert compiled.statement is not None
    assert compiled.introspecting is not None


def test_what_is_cut_off_in_time_says_so():
    inner = "fields { type { ofType { ofType { ofType { fields { type { name } } } } } } }"
    query = f"{{ __schema {{ types {{ {inner} }} }} }}"
    compiled = compile_request(Request(query), RoleSchema("admin", tracked()), MANNER)
    assert compiled.introspecting is not None

    with pytest.raises(EngineError) as refused:
        introspected(RoleSchema("admin", tracked()).introspectable, compiled.introspecting._asked, within_s=0)

    assert refused.value.code == "timeout"


def test_a_role_may_be_kept_from_introspection_but_not_from_type_names():
    manner = type(MANNER)(introspection_disabled=True, numbers_as_text=False, limits=MANNER.limits)
    schema = RoleSchema("admin", tracked())

    with pytest.raises(EngineError) as refused:
        compile_request(Request("{ __schema { queryType { name } } }"), schema, manner)

    assert (refused.value.code, refused.value.path) == ("not-supported", "$")
    assert refused.value.message == 'introspection is disabled for role: "admin"'
    assert compile_request(Request("{ __typename book { __typename } }"), schema, manner).plan.keys == (
        "__typename", "book",
    )  # fmt: skip
