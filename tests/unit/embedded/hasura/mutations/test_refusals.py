"""Mutations that are refused before the database hears of them."""

import pytest

from embedded.hasura.errors import EngineError
from tests.unit.embedded.hasura.mutations.world import compiled, performed

ROOT = "$.selectionSet"


@pytest.mark.parametrize(
    ("query", "message", "path"),
    [
        ("mutation { insert_author_one(object: {name: null}) { id } }",
         "unexpected null value for type 'String'", "insert_author_one.args.object.name"),
        ("mutation { insert_author(objects: {name: 5}) { affected_rows } }",
         "expected a string for type 'String', but found an integer", "insert_author.args.objects.name"),
        ("mutation { insert_author(objects: [{nom: 5}]) { affected_rows } }",
         "field 'nom' not found in type: 'author_insert_input'", "insert_author.args.objects[0].nom"),
        ('mutation { insert_book(objects: {slug: "a"}) { affected_rows } }',
         "field 'slug' not found in type: 'book_insert_input'", "insert_book.args.objects.slug"),
        ("mutation { insert_author { affected_rows } }",
         "missing required field 'objects'", "insert_author.args.objects"),
        ("mutation { insert_author(objects: null) { affected_rows } }",
         "expected a list, but found null", "insert_author.args.objects"),
        ('mutation { insert_author(objects: {name: "a"}, on_conflict: {update_columns: []}) { affected_rows } }',
         "missing required field 'constraint'", "insert_author.args.on_conflict.constraint"),
        ('mutation { insert_author(objects: {name: "a"}, on_conflict: {constraint: other}) { affected_rows } }',
         "expected one of the values author_name_key or author_pkey for type 'author_constraint', but found 'other'",
         "insert_author.args.on_conflict.constraint"),
        ('mutation { insert_book(objects: [{}, {author_id: 1, author: {data: {name: "a"}}}]) { affected_rows } }',
         'cannot insert object relationship "author" as "author_id" column values are already determined',
         "insert_book.args.objects[1].author"),
        ('mutation { insert_author(objects: {name: "a", books: {data: [{}, {author_id: 1}]}}) { affected_rows } }',
         'cannot insert "author_id" columns as their values are already being determined by parent insert',
         "insert_author.args.objects[0].books.data[1]"),
        ("mutation { insert_book_one(object: {cover: {data: {book_id: 1}}}) { id } }",
         'cannot insert "book_id" columns as their values are already being determined by parent insert',
         "insert_book_one.args.object[0].cover.data[0]"),
        (('mutation { insert_author(objects: {name: "a", books: {data: {author: {data: {name: "b"}}}}})'
         " { affected_rows } }"),
         'cannot insert object relationship "author" as "author_id" column values are already determined',
         "insert_author.args.objects[0].books.data[0].author"),
        ('mutation { update_author(where: null, _set: {name: "a"}) { affected_rows } }',
         "expected an object for type 'author_bool_exp', but found null", "update_author.args.where"),
        ('mutation { update_author(_set: {name: "a"}) { affected_rows } }',
         "missing required field 'where'", "update_author.args.where"),
        ("mutation { update_author(where: {}) { affected_rows } }",
         "at least any one of _set, _inc, _prepend, _append, _delete_key, _delete_elem, _delete_at_path is expected",
         "update_author.args"),
        ("mutation { update_book_by_pk(pk_columns: {id: 1}) { id } }",
         "at least any one of _set, _inc is expected", "update_book_by_pk.args"),
        ('mutation { update_book_many(updates: [{where: {}, _set: {title: "a"}}, {where: {}}]) { affected_rows } }',
         "at least any one of _set, _inc is expected", "update_book_many.args.updates[1]"),
        (("mutation { update_author(where: {}, _set: {score: 1, info: {}}, _inc: {score: 1, id: 2},"
          " _append: {info: {}}) { affected_rows } }"),
         'column found in multiple operators; "info" in _set, _append. "score" in _set, _inc', "update_author.args"),
        ("mutation { update_author(where: {}, _set: {name: null}) { affected_rows } }",
         "unexpected null value for type 'String'", "update_author.args._set.name"),
        ("mutation { update_author(where: {}, _delete_elem: {info: null}) { affected_rows } }",
         "unexpected null value for type 'Int'", "update_author.args._delete_elem.info"),
        ('mutation { update_author_by_pk(pk_columns: {}, _set: {name: "a"}) { id } }',
         "missing required field 'id'", "update_author_by_pk.args.pk_columns.id"),
        ("mutation { delete_author { affected_rows } }",
         "missing required field 'where'", "delete_author.args.where"),
        ("mutation { delete_author(where: {id: {_eq: null}}) { affected_rows } }",
         "unexpected null value for type 'Int'", "delete_author.args.where.id._eq"),
        ("mutation { insert_shelf(objects: {id: 1}) { affected_rows } }",
         "field 'insert_shelf' not found in type: 'mutation_root'", "insert_shelf"),
    ],
)  # fmt: skip
def test_a_mutation_that_does_not_fit_is_refused(query, message, path):
    with pytest.raises(EngineError) as refused:
        compiled(query)

    assert (refused.value.code, refused.value.message) == ("validation-failed", message)
    assert refused.value.path == f"{ROOT}.{path}"


@pytest.mark.parametrize(
    ("query", "message", "path"),
    [
        ('mutation { insert_author(objects: {name: "a", owner: "bob"}) { affected_rows } }',
         "field 'owner' not found in type: 'author_insert_input'", "insert_author.args.objects.owner"),
        ("mutation { update_author(where: {}, _set: {score: 9}) { affected_rows } }",
         "field 'score' not found in type: 'author_set_input'", "update_author.args._set.score"),
        ('mutation { update_author(where: {owner: {_eq: "a"}}, _set: {name: "a"}) { affected_rows } }',
         "field 'owner' not found in type: 'author_bool_exp'", "update_author.args.where.owner"),
        ("mutation { insert_book(objects: {author_id: 1}) { returning { id } } }",
         "field 'returning' not found in type: 'book_mutation_response'", "insert_book.selectionSet.returning"),
        (("mutation { insert_book(objects: {author_id: 1},"
         " on_conflict: {constraint: book_pkey, update_columns: [_PLACEHOLDER]}) { affected_rows } }"),
         "erroneous column name", "insert_book.args.on_conflict"),
        ("mutation { insert_book(objects: {cover: {data: {}}}) { affected_rows } }",
         "field 'cover' not found in type: 'book_insert_input'", "insert_book.args.objects.cover"),
    ],
)  # fmt: skip
def test_a_role_is_refused_what_it_was_not_granted(query, message, path):
    with pytest.raises(EngineError) as refused:
        compiled(query, "writer")

    assert (refused.value.message, refused.value.path) == (message, f"{ROOT}.{path}")


def test_a_role_without_mutations_is_told_so():
    with pytest.raises(EngineError, match="no mutations exist"):
        compiled("mutation { insert_author(objects: {}) { affected_rows } }", "stranger")


async def test_an_absent_variable_leaves_a_column_out_and_a_null_one_sets_it_to_null():
    query = "mutation ($t: String) { insert_book(objects: {author_id: 1, title: $t}) { affected_rows } }"

    absent = await performed(query)
    null = await performed(query, variables={"t": None})

    assert '("author_id")' in absent.text
    assert '("author_id", "title")' in null.text
    assert null.asked[0][1] == ["1", None]


def test_an_absent_variable_where_a_condition_was_meant_deletes_nothing():
    query = "mutation ($id: Int) { delete_author(where: {id: {_eq: $id}}) { affected_rows } }"

    with pytest.raises(EngineError, match="unexpected null value for type 'Int'"):
        compiled(query)


def test_rows_and_levels_of_one_insert_are_bounded():
    query = "mutation ($rows: [author_insert_input!]!) { insert_author(objects: $rows) { affected_rows } }"
    with pytest.raises(EngineError, match="more than 10000 rows in one insert"):
        compiled(query, variables={"rows": [{"name": "a"}] * 10_001})

    with pytest.raises(EngineError, match="more than 10000 rows in one insert"):
        compiled(query, variables={"rows": [{"name": "a", "books": {"data": [{}] * 100}}] * 100})


def test_updates_of_one_field_are_bounded():
    query = "mutation ($u: [author_updates!]!) { update_author_many(updates: $u) { affected_rows } }"

    with pytest.raises(EngineError, match="more than 1000 updates in one field"):
        compiled(query, variables={"u": [{"where": {}, "_set": {"name": "a"}}] * 1_001})
