"""What roles may change, and what they get to see of it."""

import pytest_asyncio

LEAD = {"role": "lead", "User_Id": "ann"}
CHECK = "check constraint of an insert/update permission has failed"


@pytest_asyncio.fixture
async def filled(engine):
    answer = await engine.ask("""mutation { insert_team(objects: [
      {name: "red", lead: "ann", budget: 10, members: {data: [{name: "a", age: 40}, {name: "b", age: 20}]}},
      {name: "blue", lead: "bob", budget: 20, members: {data: [{name: "c", age: 50}]}}]) { affected_rows } }""")
    assert "data" in answer
    return engine


def refused(answer):
    (error,) = answer["errors"]
    return error["extensions"]["code"], error["message"], error["extensions"]["path"]


async def test_presets_are_filled_in_and_cannot_be_sent(engine, database):
    answer = await engine.ask('mutation { insert_team_one(object: {name: "x"}) { lead budget } }', **LEAD)
    assert answer["data"]["insert_team_one"] == {"lead": "ann", "budget": 10}

    answer = await engine.ask('mutation { insert_team(objects: {name: "y", lead: "bob"}) { affected_rows } }', **LEAD)
    assert refused(answer)[1] == "field 'lead' not found in type: 'team_insert_input'"
    assert await database.fetchval("SELECT count(*) FROM team") == 1


async def test_one_refused_row_keeps_out_all_rows(engine, database):
    answer = await engine.ask(
        'mutation { insert_team(objects: [{name: "x"}, {name: "forbidden"}]) { affected_rows } }', **LEAD
    )

    assert refused(answer) == ("permission-error", CHECK, "$.selectionSet.insert_team.args.objects")
    assert await database.fetchval("SELECT count(*) FROM team") == 0


async def test_a_check_may_look_at_the_row_s_relations(filled, database):
    query = 'mutation {{ insert_member(objects: {{name: "x", team_id: {team}}}) {{ affected_rows }} }}'

    own = await filled.ask(query.format(team=1), **LEAD)
    other = await filled.ask(query.format(team=2), **LEAD)
    none = await filled.ask(query.format(team="null"), **LEAD)

    assert own["data"] == {"insert_member": {"affected_rows": 1}}
    assert refused(other)[1] == refused(none)[1] == CHECK
    assert await database.fetchval("SELECT count(*) FROM member WHERE name = 'x'") == 1


async def test_a_check_sees_the_rows_inserted_before_it(engine):
    answer = await engine.ask(
        'mutation { insert_team_one(object: {name: "x", members: {data: [{name: "m", age: 31}, {name: "n"}]}})'
        " { members { name } } }",
        **LEAD,
    )

    assert answer["data"] == {"insert_team_one": {"members": [{"name": "m"}]}}


async def test_updates_reach_only_the_rows_of_the_filter(filled, database):
    answer = await filled.ask(
        "mutation { update_team(where: {}, _inc: {budget: 1}) { affected_rows returning { name } } "
        "update_team_by_pk(pk_columns: {id: 2}, _set: {budget: 0}) { name } }",
        **LEAD,
    )

    assert answer["data"] == {
        "update_team": {"affected_rows": 1, "returning": [{"name": "red"}]},
        "update_team_by_pk": None,
    }
    assert await database.fetch("SELECT budget FROM team ORDER BY id") == [(11,), (20,)]


async def test_a_row_must_be_right_after_an_update_too(filled, database):
    answer = await filled.ask("mutation { update_team(where: {}, _set: {budget: 101}) { affected_rows } }", **LEAD)

    assert refused(answer) == ("permission-error", CHECK, "$")
    assert await database.fetchval("SELECT budget FROM team WHERE id = 1") == 10


async def test_deletes_reach_only_the_rows_of_the_filter(filled, database):
    answer = await filled.ask("mutation { delete_member(where: {}) { affected_rows returning { name } } }", **LEAD)

    assert answer["data"]["delete_member"] == {"affected_rows": 2, "returning": [{"name": "a"}, {"name": "b"}]}
    assert await database.fetch("SELECT name FROM member") == [("c",)]


async def test_rows_one_wrote_are_shown_but_related_rows_obey_their_filter(filled):
    answer = await filled.ask(
        'mutation { update_team(where: {}, _set: {name: "pink"}) { returning { name members { name } } } '
        'insert_member(objects: {name: "young", age: 18, team_id: 1}) { returning { name } } }',
        **LEAD,
    )

    assert answer["data"] == {
        "update_team": {"returning": [{"name": "pink", "members": [{"name": "a"}]}]},
        "insert_member": {"returning": [{"name": "young"}]},
    }


async def test_an_upsert_changes_only_rows_the_role_may_update(filled, database):
    query = """mutation {{ insert_team(objects: {{name: "{name}"}},
      on_conflict: {{constraint: team_name_key, update_columns: [budget]}}) {{ affected_rows }} }}"""

    own = await filled.ask(query.format(name="red"), **LEAD)
    other = await filled.ask(query.format(name="blue"), **LEAD)

    assert own["data"]["insert_team"]["affected_rows"] == 1
    assert other["data"]["insert_team"]["affected_rows"] == 0
    assert await database.fetch("SELECT budget, lead FROM team ORDER BY id") == [(10, "ann"), (20, "bob")]


async def test_an_upserted_row_is_held_to_the_check_of_updates(filled, database):
    await database.execute("UPDATE team SET budget = 500 WHERE id = 1")

    answer = await filled.ask(
        'mutation { insert_team(objects: {name: "red"},'
        " on_conflict: {constraint: team_name_key, update_columns: [name]}) { affected_rows } }",
        **LEAD,
    )

    assert refused(answer)[1] == CHECK


async def test_without_its_session_variable_a_role_changes_nothing(filled, database):
    for query in (
        'insert_team(objects: {name: "x"}) { affected_rows }',
        'update_team(where: {}, _set: {name: "x"}) { affected_rows }',
        "delete_member(where: {}) { affected_rows }",
    ):
        answer = await filled.ask(f"mutation {{ {query} }}", role="lead")
        assert refused(answer) == ("not-found", 'missing session variables: "x-hasura-user-id"', "$")

    assert await database.fetchval("SELECT count(*) FROM member") == 3
