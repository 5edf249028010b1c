"""How the answer of a mutation is put together, and when none is given."""

import json

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.mutations import Values, perform
from tests.unit.embedded.hasura.mutations.world import Recorder, compiled, performed

VALUES = Values({}, {"x-hasura-user-id": "ann"})


async def answered(query, *answers, role="admin"):
    recorder = Recorder(answers=list(answers))
    steps = compiled(query, role).plan.writes
    return [json.loads(await perform(step, recorder, VALUES)) for step in steps]


async def test_a_response_has_its_keys_in_the_order_they_were_asked_for():
    query = """mutation { insert_author(objects: [{name: "a"}, {name: "b"}]) {
      b: returning { id } n: affected_rows t: __typename a: returning { name } } }"""

    (answer,) = await answered(query, [(True, '{"id":1}', '{"name":"a"}'), (True, '{"id":2}', '{"name":"b"}')])

    assert answer == {
        "b": [{"id": 1}, {"id": 2}],
        "n": 2,
        "t": "author_mutation_response",
        "a": [{"name": "a"}, {"name": "b"}],
    }
    assert list(answer) == ["b", "n", "t", "a"]


async def test_a_single_row_is_null_if_none_was_written():
    queries = """mutation {
      insert_author_one(object: {name: "a"}, on_conflict: {constraint: author_pkey}) { id }
      update_author_by_pk(pk_columns: {id: 1}, _set: {name: "b"}) { id }
      delete_author_by_pk(id: 1) { id books { id } } }"""

    assert await answered(queries, [], [], []) == [None, None, None]


async def test_inserting_nothing_and_changing_nothing_ask_the_database_nothing():
    told = await performed("""mutation {
      insert_author(objects: []) { affected_rows returning { id } }
      update_author(where: {}, _set: {}) { affected_rows returning { id books { id } } }
      update_author_by_pk(pk_columns: {id: 1}, _inc: {}) { id }
      update_author_many(updates: [{where: {}, _set: {}}]) { affected_rows } }""")

    assert told.asked == []


async def test_nothing_is_read_on_if_nothing_was_written():
    recorder = Recorder(answers=[[]])

    await performed("mutation { delete_book(where: {}) { returning { author { name } } } }", recorder=recorder)

    assert len(recorder.asked) == 1


async def test_the_rows_of_nested_inserts_count_but_are_not_returned():
    query = """mutation {
      insert_author(objects: [{name: "a", books: {data: [{title: "x"}, {title: "y"}]}}, {name: "b"}]) {
        affected_rows returning { id } } }"""

    (answer,) = await answered(query, [(True, "1", '{"id":1}')], [(True,), (True,)], [(True, '{"id":2}')])

    assert answer == {"affected_rows": 4, "returning": [{"id": 1}, {"id": 2}]}


async def test_a_row_its_check_refuses_is_an_error_at_the_rows():
    query = 'mutation { insert_author(objects: [{name: "a"}, {name: "b"}]) { affected_rows } }'

    with pytest.raises(EngineError) as refused:
        await answered(query, [(True,), (False,)], role="writer")

    assert refused.value.code == "permission-error"
    assert refused.value.message == "check constraint of an insert/update permission has failed"
    assert refused.value.path == "$.selectionSet.insert_author.args.objects"


async def test_a_refused_update_is_an_error_of_the_whole_request():
    query = 'mutation { update_author(where: {}, _set: {name: "b"}) { affected_rows } }'

    with pytest.raises(EngineError) as refused:
        await answered(query, [(False,)], role="writer")

    assert (refused.value.code, refused.value.path) == ("permission-error", "$")


async def test_a_refused_nested_row_is_an_error_at_its_place():
    query = """mutation { insert_author(objects: [{name: "a"}, {name: "b", books: {data: [{title: "x"}]}}]) {
      affected_rows } }"""

    with pytest.raises(EngineError) as refused:
        await answered(query, [(True,)], [(True, "1")], [(False,)], role="writer")

    assert refused.value.path == "$.selectionSet.insert_author.args.objects[1].books.data"


@pytest.mark.parametrize(
    ("query", "message", "path"),
    [
        (
            (
                'mutation { insert_book_one(object: {author: {data: {name: "a"},'
                " on_conflict: {constraint: author_pkey}}}) { id } }"
            ),
            'cannot proceed to insert object relation "author" since insert to table "author" affects zero rows',
            "$.selectionSet.insert_book_one.args.object[0].author",
        ),
        (
            (
                'mutation { insert_author(objects: {name: "a", books: {data: {title: "x"}}},'
                " on_conflict: {constraint: author_pkey}) { affected_rows } }"
            ),
            'cannot proceed to insert array relations since insert to table "author" affects zero rows',
            "$.selectionSet.insert_author.args.objects[0]",
        ),
    ],
)
async def test_rows_cannot_hang_on_a_row_that_was_not_inserted(query, message, path):
    with pytest.raises(EngineError) as refused:
        await answered(query, [])

    assert (refused.value.code, refused.value.message, refused.value.path) == ("not-supported", message, path)


async def test_a_missing_session_variable_is_an_error_and_not_an_open_door():
    recorder = Recorder()
    steps = compiled('mutation { update_author(where: {}, _set: {name: "x"}) { affected_rows } }', "writer").plan.writes

    with pytest.raises(EngineError, match='missing session variables: "x-hasura-user-id"'):
        await perform(steps[0], recorder, Values({}, {}))

    assert recorder.asked == []
