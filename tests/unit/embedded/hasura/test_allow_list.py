"""Where only listed queries are allowed, they are compared by what they ask, not by how they are written."""

import pytest

from embedded.hasura.document.allow_list import AllowList
from embedded.hasura.document.parse import definitions
from embedded.hasura.errors import EngineError

LISTED = 'query books($n: Int = 1) { book(limit: $n, where: {id: {_gt: 1}, title: {_eq: "a"}}) { id author { id } } }'


def allow_list(query: str = LISTED, *entries: object) -> AllowList:
    collections = [{"name": "c", "definition": {"queries": [{"name": "q", "query": query}]}}]
    return AllowList(collections, entries or [{"collection": "c"}])  # pyright: ignore[reportArgumentType]  - plain JSON


def allows(listed: AllowList, query: str, role: str = "user") -> bool:
    try:
        listed.require(definitions(query), role)
    except EngineError:
        return False
    return True


@pytest.mark.parametrize(
    "query",
    [
        LISTED,
        LISTED.replace(" ", "  \n"),
        LISTED.replace("{ id author", "{ __typename id author"),
        LISTED.replace("author { id }", "author { id kind: __typename }"),
        LISTED.replace('id: {_gt: 1}, title: {_eq: "a"}', 'title: {_eq: "a"}, id: {_gt: 1}'),
        LISTED.replace("query books", "# a comment\nquery books") + " fragment unused on book { id }",
    ],
)
def test_what_differs_only_in_form_is_allowed(query):
    assert allows(allow_list(), query)


@pytest.mark.parametrize(
    "query",
    [
        LISTED.replace("books", "others"),
        LISTED.replace("= 1", "= 2"),
        LISTED.replace("Int", "Int!"),
        LISTED.replace("_gt: 1", "_gt: 2"),
        LISTED.replace("{ id author", "{ author"),
        LISTED.replace("{ id author { id } }", "{ author { id } id }"),
        LISTED.replace("{ id author", "{ key: id author"),
        LISTED.replace("{ id author", "{ id @include(if: true) author"),
        LISTED.replace("query", "subscription"),
        LISTED + " query more { book { id } }",
        "{ __schema { queryType { name } } }",
        "{ ...a } fragment a on query_root { ...a }",
        "{ ...nowhere }",
    ],
)
def test_what_asks_for_something_else_is_not_allowed(query):
    assert not allows(allow_list(), query)


def test_the_refusal_is_hasuras():
    with pytest.raises(EngineError) as refused:
        allow_list().require(definitions("{ book { id } }"), "user")

    error = refused.value
    assert (error.code, error.message, error.path) == ("validation-failed", "query is not allowed", "$")
    assert error.internal == {"message": "query is not in any of the allowlists"}


def test_a_fragment_is_what_it_stands_for():
    inline = "{ book { ... on book { id author { id } } } }"
    spread = "{ book { ...b } } fragment b on book { id author { ...a id } } fragment a on author { __typename }"

    assert allows(allow_list(inline), "{ book { ...b } } fragment b on book { id author { id } }")
    assert allows(
        allow_list("{ book { ...x } } fragment x on book { id }"), "{ book { ... on book { id __typename } } }"
    )
    assert not allows(allow_list(inline), "{ book { id author { id } } }")
    assert not allows(allow_list(inline), "{ book { ... on author { id author { id } } } }")
    assert not allows(allow_list(inline), spread)


def test_admin_may_ask_anything():
    assert allows(allow_list(), "{ anything }", role="admin")


def test_a_collection_may_be_for_some_roles_only():
    listed = allow_list(LISTED, {"collection": "c", "scope": {"global": False, "roles": ["author", "editor"]}})

    assert allows(listed, LISTED, role="author")
    assert allows(listed, LISTED, role="editor")
    assert not allows(listed, LISTED, role="user")


def test_a_collection_that_is_not_in_the_list_allows_nothing():
    assert not allows(allow_list(LISTED, {"collection": "another"}), LISTED)


def test_a_listed_query_that_is_none_allows_nothing():
    assert not allows(allow_list("{ broken"), LISTED)


def test_fragments_that_double_and_double_again_are_compared_at_once():
    doubling = "".join(f"fragment f{n} on book {{ ...f{n + 1} ...f{n + 1} }} " for n in range(60))

    assert not allows(allow_list(), "{ book { ...f0 } } " + doubling + "fragment f60 on book { id }")
