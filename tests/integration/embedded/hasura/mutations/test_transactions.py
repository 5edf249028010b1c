"""What belongs together happens together or not at all."""

import asyncio

from tests.integration.embedded.hasura.engine import running_engine
from tests.integration.embedded.hasura.mutations.conftest import METADATA


async def notes(database):
    return [row[0] for row in await database.fetch("SELECT text FROM note ORDER BY id")]


async def test_the_first_error_undoes_all_fields_before_it(engine, database):
    answer = await engine.ask("""mutation {
      a: insert_note_one(object: {text: "a"}) { id }
      b: update_note(where: {}, _set: {text: "b"}) { affected_rows }
      c: insert_member_one(object: {name: "m", team_id: 9}) { id }
      d: insert_note_one(object: {text: "d"}) { id } }""")

    assert answer["errors"][0]["extensions"]["path"] == "$.selectionSet.insert_member_one.args.object"
    assert "data" not in answer
    assert await notes(database) == []


async def test_each_field_sees_what_the_ones_before_it_did(engine, database):
    answer = await engine.ask("""mutation {
      a: insert_note_one(object: {text: "a"}) { id }
      kind: __typename
      b: update_note(where: {text: {_eq: "a"}}, _set: {text: "b"}) { affected_rows }
      c: add_note(args: {words: "c"}) { id text }
      d: delete_note(where: {text: {_eq: "b"}}) { affected_rows } }""")

    assert answer["data"] == {
        "a": {"id": 1},
        "kind": "mutation_root",
        "b": {"affected_rows": 1},
        "c": [{"id": 2, "text": "c"}],
        "d": {"affected_rows": 1},
    }
    assert list(answer["data"]) == ["a", "kind", "b", "c", "d"]
    assert await notes(database) == ["c"]


async def test_a_function_is_undone_with_the_rest(engine, database):
    answer = await engine.ask("""mutation {
      add_note(args: {words: "c"}) { id }
      insert_member_one(object: {name: "m", team_id: 9}) { id } }""")

    assert "errors" in answer
    assert await notes(database) == []


async def test_a_constraint_that_is_looked_at_last_still_undoes_everything(engine, database):
    answer = await engine.ask('mutation { insert_note(objects: [{text: "a", twin_of: 99}]) { affected_rows } }')

    (error,) = answer["errors"]
    assert error["message"].startswith("Foreign key violation.")
    assert error["extensions"] == {"path": "$", "code": "constraint-violation"}
    assert await notes(database) == []


async def test_connections_are_good_again_after_errors(engine, database):
    failing = """mutation {
      insert_note_one(object: {text: "a"}) { id } insert_member_one(object: {name: "m", team_id: 9}) { id } }"""
    fine = 'mutation { insert_note_one(object: {text: "b"}) { id } }'

    answers = await asyncio.gather(*(engine.ask(query) for query in [failing, fine] * 20))

    assert [("errors" in answer) for answer in answers] == [True, False] * 20
    assert await notes(database) == ["b"] * 20


async def test_other_clients_see_nothing_before_the_end(engine, database):
    await database.execute("INSERT INTO team (name) VALUES ('red')")
    async with database.transaction():
        await database.execute("SELECT 1 FROM team FOR UPDATE")
        waiting = asyncio.create_task(
            engine.ask("""mutation {
              insert_note_one(object: {text: "a"}) { id }
              update_team(where: {}, _inc: {budget: 1}) { affected_rows } }""")
        )
        asked = await engine.ask("{ note { text } }")
        assert not waiting.done()
        assert asked["data"] == {"note": []}

    assert "data" in await waiting
    assert await notes(database) == ["a"]


async def test_an_action_is_never_called_inside_a_transaction(engine, database, handler):
    handler.reply = {"times": 3}
    answer = await engine.ask("""mutation {
      a: insert_note_one(object: {text: "a"}) { id }
      ring { times }
      b: insert_note_one(object: {text: "b"}) { id } }""")
    assert answer["data"] == {"a": {"id": 1}, "ring": {"times": 3}, "b": {"id": 2}}
    assert list(answer["data"]) == ["a", "ring", "b"]

    handler.status, handler.reply = 400, {"message": "broken bell"}
    answer = await engine.ask("""mutation {
      c: insert_note_one(object: {text: "c"}) { id }
      ring { times }
      d: insert_note_one(object: {text: "d"}) { id } }""")
    assert answer["errors"][0]["message"] == "broken bell"
    assert await notes(database) == ["a", "b", "c"]


async def test_no_action_is_called_after_an_error(engine, handler):
    handler.reply = {"times": 3}

    answer = await engine.ask('mutation { insert_member_one(object: {name: "m", team_id: 9}) { id } ring { times } }')

    assert "errors" in answer
    assert handler.requests == []


async def test_queries_cannot_write_even_through_functions(engine, database):
    answer = await engine.ask('{ add_note(args: {words: "x"}) { id } }')

    assert answer["errors"][0]["message"] == "field 'add_note' not found in type: 'query_root'"
    assert await notes(database) == []


async def test_the_isolation_level_is_the_one_that_was_set(mutations_database, database):
    query = 'mutation { insert_note_one(object: {text: "a"}) { isolation } }'
    seen = []
    for level in ("read-committed", "repeatable-read", "serializable"):
        async with running_engine(
            mutations_database, HASURA_GRAPHQL_TX_ISOLATION=level, HANDLER_URL="http://127.0.0.1:9"
        ) as engine:
            assert (await engine.command("replace_metadata", METADATA)).status_code == 200
            seen.append((await engine.ask(query))["data"]["insert_note_one"]["isolation"])

    assert seen == ["read committed", "repeatable read", "serializable"]
    assert len(await notes(database)) == 3


async def test_a_mutation_that_takes_too_long_is_undone(mutations_database, database):
    await database.execute("INSERT INTO team (name) VALUES ('red')")
    query = """mutation {
      insert_note_one(object: {text: "a"}) { id } update_team(where: {}, _inc: {budget: 1}) { affected_rows } }"""
    async with running_engine(
        mutations_database, HASURA_GRAPHQL_LIMIT_TIMEOUT_MS="400", HANDLER_URL="http://127.0.0.1:9"
    ) as engine:
        assert (await engine.command("replace_metadata", METADATA)).status_code == 200
        async with database.transaction():
            await database.execute("SELECT 1 FROM team FOR UPDATE")
            late = await engine.ask(query)
        again = await engine.ask(query)

    assert late["errors"][0]["extensions"]["code"] == "timeout"
    assert "data" in again
    assert await notes(database) == ["a"]
    assert await database.fetchval("SELECT budget FROM team") == 1
