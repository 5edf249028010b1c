"""Documents are validated in Hasura's words, at its paths, with its codes."""

import time

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.compile import Request, compile_request
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.settings import Limits
from tests.unit.embedded.hasura.world import MANNER, compiled, tracked


def refused(query, variables=None, operation=None, limits=None):
    manner = MANNER if limits is None else type(MANNER)(
        introspection_disabled=False, numbers_as_text=False, limits=limits
    )  # fmt: skip
    with pytest.raises(EngineError) as failed:
        compile_request(Request(query, variables or {}, operation), RoleSchema("admin", tracked()), manner)
    return failed.value.code, failed.value.path, failed.value.message


INVALID = "validation-failed"
BOOK = "$.selectionSet.book"

CASES = [
    # Operations.
    ("{ book { id } ", "$.query", "not a valid graphql query"),
    ("type x { id: Int }", "$.query", "not a valid graphql query"),
    ("{ book { } }", "$.query", "not a valid graphql query"),
    ('{ book(where: {title: {_eq: "\\ud800"}}) { id } }', "$.query", "not a valid graphql query"),
    ("{ book(where: " + "{_not: " * 500 + "{}" + "}" * 500 + ") { id } }", "$.query", "the query is nested too deeply"),
    ("query a { book { id } } query b { book { id } }", "$",
     "exactly one operation has to be present in the document when operationName is not specified"),
    ("fragment a on book { id }", "$",
     "exactly one operation has to be present in the document when operationName is not specified"),
    # Fields and selection sets.
    ("{ book { nope } }", f"{BOOK}.selectionSet.nope", "field 'nope' not found in type: 'book'"),
    ("{ nope }", "$.selectionSet.nope", "field 'nope' not found in type: 'query_root'"),
    ("{ book }", f"{BOOK}.selectionSet", "missing selection set for 'book'"),
    ("{ book { id { x } } }", f"{BOOK}.selectionSet.id", "unexpected subselection set for non-object field"),
    ("{ book(nope: 1) { id } }", BOOK, "'book' has no argument named 'nope'"),
    ("{ book_by_pk { id } }", "$.selectionSet.book_by_pk.args.id", "missing required field 'id'"),
    # Merging.
    ("{ book { x: id x: title } }", f"{BOOK}.selectionSet",
     "selection of both 'id' and 'title' specify the same response name, 'x'"),
    ("{ book(limit: 1) { id } book(limit: 2) { id } }", "$.selectionSet",
     "inconsistent arguments between multiple selections of field 'book'"),
    ("{ book { id } book(limit: 2) { id } }", "$.selectionSet",
     "inconsistent arguments between multiple selections of field 'book'"),
    # Fragments.
    ("{ book { ...a } }", f"{BOOK}.selectionSet", 'reference to undefined fragment "a"'),
    ("{ ...a } fragment a on query_root { ...a }", "$.selectionSet.a.selectionSet",
     "the fragment definition(s) a form a cycle"),
    ("{ book { ...a } } fragment a on book { author { ...b } } fragment b on author { books { ...a } }",
     f"{BOOK}.selectionSet.a.selectionSet.author.selectionSet.b.selectionSet.books.selectionSet",
     "the fragment definition(s) a and b form a cycle"),
    # Directives.
    ("{ book { id @exclude(if: true) } }", f"{BOOK}.selectionSet", "directive 'exclude' is not defined in the schema"),
    ("{ book { id @cached } }", f"{BOOK}.selectionSet", "directive 'cached' is not allowed on a field"),
    ("{ book { ... @cached { id } } }", f"{BOOK}.selectionSet",
     "directive 'cached' is not allowed on an inline fragment"),
    ("{ book { ...a @cached } } fragment a on book { id }", f"{BOOK}.selectionSet",
     "directive 'cached' is not allowed on an inline fragment"),
    ("{ book { id @include(if: true) @include(if: true) } }", f"{BOOK}.selectionSet",
     "the following directives are used more than once: include"),
    ("{ book { id @include } }", f"{BOOK}.selectionSet.include.args.if", "missing required field 'if'"),
    ("{ book { id @skip(if: 1) } }", f"{BOOK}.selectionSet.skip.args.if",
     "expected a boolean for type 'Boolean', but found an integer"),
    ("{ book { id @skip(when: true) } }", f"{BOOK}.selectionSet.skip", "'skip' has no argument named 'when'"),
    ("query @skip(if: true) { book { id } }", "$", "directive 'skip' is not allowed on a query"),
    ("subscription @cached { book { id } }", "$", "directive 'cached' is not allowed on a subscription"),
    ('query @cached(ttl: "x") { book { id } }', "$.cached.args.ttl",
     "expected a 32-bit integer for type 'Int', but found a string"),
    ("subscription { book { id } author { id } }", "$", "subscriptions must select one top level field"),
    # Values.
    ('{ book(limit: "3") { id } }', f"{BOOK}.args.limit",
     "expected a non-negative 32-bit integer for type 'Int', but found a string"),
    ("{ book(limit: -3) { id } }", f"{BOOK}.args.limit",
     "expected a non-negative 32-bit integer for type 'Int', but found an integer"),
    ("{ book(limit: 1.0) { id } }", f"{BOOK}.args.limit",
     "expected a non-negative 32-bit integer for type 'Int', but found a float"),
    ("{ book(offset: true) { id } }", f"{BOOK}.args.offset",
     "expected a 32-bit integer, or a 64-bit integer represented as a string for type 'Int', but found a boolean"),
    ("{ book(where: {title: {_eq: 1}}) { id } }", f"{BOOK}.args.where.title._eq",
     "expected a string for type 'String', but found an integer"),
    ("{ book(where: {title: {_eq: null}}) { id } }", f"{BOOK}.args.where.title._eq",
     "unexpected null value for type 'String'"),
    # Introspection.
    ("{ __schema { nope } }", "$.selectionSet.__schema.selectionSet.nope",
     "field 'nope' not found in type: '__Schema'"),
    ("{ __schema { types { fields { type { nope } } } } }",
     "$.selectionSet.__schema.selectionSet.types.selectionSet.fields.selectionSet.type.selectionSet.nope",
     "field 'nope' not found in type: '__Type'"),
    ("{ __schema }", "$.selectionSet.__schema.selectionSet", "missing selection set for '__Schema'"),
    ("{ __type { name } }", "$.selectionSet.__type.args.name", "missing required field 'name'"),
    ("{ __type(name: 3) { name } }", "$.selectionSet.__type.args.name",
     "expected a string for type 'String', but found an integer"),
    ("subscription { __schema { queryType { name } } }", "$.selectionSet.__schema",
     "field '__schema' not found in type: 'subscription_root'"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "path", "message"), CASES)
def test_what_does_not_fit_is_refused_where_hasura_refuses_it(query, path, message):
    assert refused(query) == (INVALID, path, message)


@pytest.mark.parametrize(
    ("declared", "sent", "path", "message"),
    [
        ("", {"x": 1}, "$", 'unbound variable "x"'),
        ("($x: Int, $y: Int)", {"x": 1, "y": 2}, "$", "unexpected variables in variableValues: y"),
        ("($x: Int)", {"x": 1, "z": 2, "a": 1}, "$", "unexpected variables in variableValues: a, z"),
        ("($x: Int!)", {}, "$.variableValues", 'expecting a value for non-nullable variable: "x"'),
        ("($x: String)", {"x": "1"}, f"{BOOK}.args.limit",
         "variable 'x' is declared as 'String', but used where 'Int' is expected"),
        ("($x: [Int])", {"x": [1]}, f"{BOOK}.args.limit",
         "variable 'x' is declared as '[Int]', but used where 'Int' is expected"),
        ("($x: Int)", {"x": "1"}, f"{BOOK}.args.limit",
         "expected a non-negative 32-bit integer for type 'Int', but found a string"),
        ("($x: Int)", {"x": -1}, f"{BOOK}.args.limit",
         "expected a non-negative 32-bit integer for type 'Int', but found a number"),
    ],
)  # fmt: skip
def test_variables_are_refused_as_by_hasura(declared, sent, path, message):
    assert refused(f"query {declared} {{ book(limit: $x) {{ id }} }}", sent) == (INVALID, path, message)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2147483648", "2.147483648e9"), ("1.5", "1.5"), ("12345678.5", "1.23456785e7"), ("1e30", "1.0e30")],
)
def test_a_number_that_is_no_int_is_a_parse_failure(value, shown):
    from embedded.hasura.schema.literals import ExactFloat

    sent = int(value) if value.isdecimal() else ExactFloat(value)

    code, path, message = refused("query ($x: Int) { author(where: {id: {_eq: $x}}) { id } }", {"x": sent})

    assert (code, path) == ("parse-failed", "$.selectionSet.author.args.where.id._eq")
    assert message.startswith(f"The value {shown} lies outside the bounds or is not an integer.")


def test_names_may_be_given_only_once():
    fragments = "{ book { ...a } } fragment a on book { id } fragment a on book { title }"
    variables = "query ($x: Int, $x: Int) { book(limit: $x) { id } }"

    assert refused(fragments) == ("parse-failed", "$", 'multiple definitions for fragment "a"')
    assert refused(variables) == ("parse-failed", "$", 'multiple definitions for variable "x"')


def test_an_operation_is_chosen_by_its_name_alone():
    two = "query a { book { id } } query b { author { id } }"

    assert compile_request(Request(two, {}, "b"), RoleSchema("admin", tracked()), MANNER).plan.keys == ("author",)
    assert refused(two, operation="c") == (INVALID, "$", 'no such operation found in the document: "c"')
    message = "operationName cannot be used when an anonymous operation exists in the document"
    assert refused("{ book { id } } query b { author { id } }", operation="b") == (INVALID, "$", message)


@pytest.mark.parametrize(
    "query",
    [
        "{ book { id } } fragment unused on nothing { nope @nope ...nowhere }",
        "{ book { id } } fragment unused on book { ...unused }",
        "query ($unused: Int) { book { id } }",
        "{ book { ... on author { nope } id } }",
        "{ book { ...a } } fragment a on book @nope { id }",
        "query @cached(ttl: 5, refresh: true) { book { id } }",
        "query ($ids: [Int]) { book(where: {id: {_in: $ids}}) { id } }",
        "{ book(limit: 1, offset: 2) { id } book(offset: 2, limit: 1) { title } }",
        '{ book(offset: "9223372036854775807") { id } }',
    ],
)
def test_what_hasura_tolerates_is_tolerated(query):
    variables = {"ids": [1]} if "$ids" in query else {}

    assert compiled(query, variables=variables).plan.keys == ("book",)


def test_a_fragment_spread_without_end_costs_no_more_than_its_text():
    doubling = "".join(f"fragment f{n} on book {{ ...f{n + 1} ...f{n + 1} }} " for n in range(18))
    began = time.perf_counter()

    made = compiled("{ book { ...f0 } } " + doubling + "fragment f18 on book { id }")

    assert made.plan.keys == ("book",)
    assert time.perf_counter() - began < 1


def test_a_request_may_ask_for_a_bounded_number_of_fields():
    aliases = " ".join(f"a{n}: id" for n in range(60))

    assert refused(f"{{ book {{ {aliases} }} }}", limits=Limits(fields_max=50)) == (
        INVALID, f"{BOOK}.selectionSet", "the query asks for more than 50 fields",
    )  # fmt: skip


def test_a_request_may_be_only_so_long_and_so_deep():
    assert refused("{ book { id id id } }", limits=Limits(tokens_max=5))[2] == "the query has more than 5 tokens"
    assert refused("{ book { author { id } } }", limits=Limits(depth_max=1))[2] == "the query is nested too deeply"
