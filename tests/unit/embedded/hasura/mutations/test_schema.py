"""Which fields and inputs a role has for changing tables."""

import re

import pytest
from graphql import GraphQLObjectType, print_type

from tests.unit.embedded.hasura.mutations.world import schema


def roots(role="admin", *, backend=False):
    mutation = schema(role, backend=backend).mutation
    return set() if mutation is None else set(mutation.fields)


def printed(name, role="admin"):
    """A type as it is written, without descriptions."""
    text = re.sub(
        r'^ *""".*?"""\n', "", print_type(schema(role).introspectable.type_map[name]), flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"\n+", "\n", text)


def test_the_administrator_may_change_whatever_postgres_can_change():
    assert roots() == {
        "insert_author", "insert_author_one", "update_author", "update_author_many", "update_author_by_pk",
        "delete_author", "delete_author_by_pk",
        "insert_book", "insert_book_one", "update_book", "update_book_many", "update_book_by_pk",
        "delete_book", "delete_book_by_pk",
        "wrap", "insert_Wrap_one", "update_Wrap", "rewrap", "update_Wrap_by_pk", "delete_Wrap", "unwrap",
        "update_shelf", "update_shelf_many", "update_shelf_by_pk",
    }  # fmt: skip


def test_fields_that_show_rows_need_the_right_to_see_rows():
    assert roots("writer") == {
        "insert_author", "insert_author_one", "update_author", "update_author_many", "update_author_by_pk",
        "delete_author", "delete_author_by_pk",
        "insert_book", "update_book", "update_book_many",
    }  # fmt: skip
    assert printed("book_mutation_response", "writer") == "type book_mutation_response {\n  affected_rows: Int!\n}"
    assert "returning: [author!]!" in printed("author_mutation_response", "writer")


def test_what_is_for_backends_only_shows_for_backends_only():
    assert roots("server") == {"delete_book"}
    assert roots("server", backend=True) == {
        "delete_book", "insert_author", "insert_author_one", "delete_author", "delete_author_by_pk",
    }  # fmt: skip


def test_a_role_that_may_change_nothing_has_no_mutations():
    assert schema("stranger").mutation is None


def test_presets_and_columns_that_postgres_fills_are_no_inputs():
    assert printed("author_insert_input", "writer") == (
        "input author_insert_input {\n  books: book_arr_rel_insert_input\n  id: Int\n  info: jsonb\n  name: String\n}"
    )
    assert "slug" not in printed("book_insert_input")
    assert printed("author_set_input", "writer") == "input author_set_input {\n  info: jsonb\n  name: String\n}"


def test_relationships_lead_to_tables_that_the_role_may_insert_into():
    assert "author: author_obj_rel_insert_input" in printed("book_insert_input", "writer")
    assert "cover" not in printed("book_insert_input", "writer")
    assert "cover: Wrap_obj_rel_insert_input" in printed("book_insert_input")
    assert printed("Wrap_obj_rel_insert_input") == (
        "input Wrap_obj_rel_insert_input {\n  data: Wrap_insert_input!\n  on_conflict: Wrap_on_conflict\n}"
    )
    assert "data: [book_insert_input!]!" in printed("book_arr_rel_insert_input")


def test_custom_names_reach_every_input():
    assert "  color: String" in printed("Wrap_insert_input")
    assert "  color" in printed("Wrap_update_column")
    assert printed("Wrap_inc_input") == "input Wrap_inc_input {\n  book_id: Int\n  id: Int\n}"


def test_conflicts_are_named_by_constraint_and_columns_may_be_left_out():
    assert printed("author_constraint").split() == [
        "enum",
        "author_constraint",
        "{",
        "author_name_key",
        "author_pkey",
        "}",
    ]
    assert "update_columns: [author_update_column!]! = []" in printed("author_on_conflict")
    assert "where: author_bool_exp" in printed("author_on_conflict")


def test_a_role_that_may_update_no_column_has_a_placeholder_to_choose():
    assert printed("book_update_column", "writer") == "enum book_update_column {\n  _PLACEHOLDER\n}"
    assert arguments("writer", "update_book") == {"where": "book_bool_exp!"}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("insert_author", {"objects": "[author_insert_input!]!", "on_conflict": "author_on_conflict"}),
        ("insert_author_one", {"object": "author_insert_input!", "on_conflict": "author_on_conflict"}),
        ("update_book", {"_set": "book_set_input", "_inc": "book_inc_input", "where": "book_bool_exp!"}),
        ("update_shelf_by_pk", {"_set": "shelf_set_input", "_inc": "shelf_inc_input",
                                "pk_columns": "shelf_pk_columns_input!"}),
        ("update_author_many", {"updates": "[author_updates!]!"}),
        ("delete_book", {"where": "book_bool_exp!"}),
        ("delete_book_by_pk", {"id": "Int!"}),
    ],
)  # fmt: skip
def test_arguments(field, expected):
    assert arguments("admin", field) == expected


@pytest.mark.parametrize(
    ("field", "output"),
    [
        ("insert_author", "author_mutation_response"),
        ("insert_author_one", "author"),
        ("update_author_many", "[author_mutation_response]"),
        ("delete_author_by_pk", "author"),
    ],
)
def test_outputs(field, output):
    mutation = schema().mutation
    assert isinstance(mutation, GraphQLObjectType)
    assert str(mutation.fields[field].type) == output


def test_json_columns_have_operators_of_their_own():
    assert set(arguments("admin", "update_author")) == {
        "_set", "_inc", "_append", "_prepend", "_delete_key", "_delete_elem", "_delete_at_path", "where",
    }  # fmt: skip
    assert "info: [String!]" in printed("author_delete_at_path_input")
    assert "info: Int" in printed("author_delete_elem_input")


def test_a_condition_of_a_role_that_sees_nothing_has_no_columns():
    assert set(schema("writer").introspectable.type_map["book_bool_exp"].fields) == {"_and", "_not", "_or", "author"}


def arguments(role, field):
    mutation = schema(role).mutation
    assert mutation is not None
    return {name: str(argument.type) for name, argument in mutation.fields[field].args.items()}
