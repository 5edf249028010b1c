"""Rows updated and deleted through the engine."""

import asyncio

import pytest
import pytest_asyncio

FILL = """mutation { insert_team(objects: [
  {name: "red", lead: "ann", budget: 10, members: {data: [{name: "a", age: 40}, {name: "b", age: 20}]}},
  {name: "blue", lead: "bob", budget: 20, members: {data: [{name: "c", age: 50}]}}]) { affected_rows } }"""


@pytest_asyncio.fixture
async def filled(engine):
    assert "data" in await engine.ask(FILL)
    return engine


async def test_rows_are_picked_by_what_they_are_related_to(filled, database):
    answer = await filled.ask("""mutation {
      update_member(where: {team: {lead: {_eq: "ann"}}}, _inc: {age: 1}) {
        affected_rows returning { name age team { name } } } }""")

    assert answer["data"]["update_member"] == {
        "affected_rows": 2,
        "returning": [
            {"name": "a", "age": 41, "team": {"name": "red"}},
            {"name": "b", "age": 21, "team": {"name": "red"}},
        ],
    }
    assert await database.fetchval("SELECT age FROM member WHERE name = 'c'") == 50


async def test_related_rows_are_read_as_they_are_after_the_change(filled):
    answer = await filled.ask("""mutation {
      update_member(where: {name: {_eq: "a"}}, _set: {team_id: 2}) {
        returning { team { name members_aggregate { aggregate { count } } } } }
      delete_team_by_pk(id: 2) { name members { name } } }""")

    assert answer["data"] == {
        "update_member": {"returning": [{"team": {"name": "blue", "members_aggregate": {"aggregate": {"count": 2}}}}]},
        "delete_team_by_pk": {"name": "blue", "members": []},
    }


async def test_documents_are_changed_in_place(engine):
    answer = await engine.ask("""mutation {
      insert_sample_one(object: {document: {a: 1, list: [1, 2, 3]}}) { yes }
      append: update_sample(where: {}, _append: {document: {b: {c: [4]}}}) { returning { document } }
      key: update_sample(where: {}, _delete_key: {document: "a"}) { returning { document } }
      path: update_sample(where: {}, _delete_at_path: {document: ["list", "-1"]}) { returning { document } }
      whole: update_sample(where: {}, _set: {document: [1]}) { returning { document } }
      prepend: update_sample(where: {}, _prepend: {document: [0]}) { returning { document } }
      elem: update_sample(where: {}, _delete_elem: {document: -1}) { returning { document } } }""")

    documents = {
        key: value["returning"][0]["document"] for key, value in answer["data"].items() if "returning" in value
    }
    assert documents == {
        "append": {"a": 1, "b": {"c": [4]}, "list": [1, 2, 3]},
        "key": {"b": {"c": [4]}, "list": [1, 2, 3]},
        "path": {"b": {"c": [4]}, "list": [1, 2]},
        "whole": [1],
        "prepend": [0, 1],
        "elem": [0],
    }


async def test_several_updates_happen_in_order_and_answer_each(filled):
    answer = await filled.ask("""mutation { update_team_many(updates: [
      {where: {name: {_eq: "red"}}, _set: {name: "pink"}, _inc: {budget: 1.5}},
      {where: {name: {_eq: "red"}}, _set: {name: "never"}},
      {where: {name: {_eq: "pink"}}, _inc: {budget: 1}}]) { affected_rows returning { name budget } } }""")

    assert answer["data"]["update_team_many"] == [
        {"affected_rows": 1, "returning": [{"name": "pink", "budget": 11.5}]},
        {"affected_rows": 0, "returning": []},
        {"affected_rows": 1, "returning": [{"name": "pink", "budget": 12.5}]},
    ]


@pytest.mark.parametrize(
    "query",
    [
        'update_member(where: {name: {_eq: "a"}}, _set: {team_id: 99}) { affected_rows }',
        "update_member_by_pk(pk_columns: {id: 1}, _set: {age: 1}) { id }",
        'update_sample(where: {id: {_eq: "x"}}, _set: {yes: true}) { affected_rows }',
        'delete_sample(where: {id: {_eq: "x"}}) { affected_rows }',
    ],
)  # fmt: skip
async def test_errors_of_updates_and_deletes_have_no_place(filled, query):
    answer = await filled.ask(f"mutation {{ {query} }}")

    assert answer["errors"][0]["extensions"]["path"] == "$"


async def test_concurrent_increments_are_all_counted(filled, database):
    change = 'mutation { update_team(where: {name: {_eq: "red"}}, _inc: {budget: 1}) { affected_rows } }'

    await asyncio.gather(*(filled.ask(change) for _ in range(40)))

    assert await database.fetchval("SELECT budget FROM team WHERE name = 'red'") == 50


async def test_a_request_kept_as_a_plan_takes_new_values_every_time(filled, database):
    query = "mutation ($id: Int!, $age: Int) { update_member_by_pk(pk_columns: {id: $id}, _set: {age: $age}) { age } }"

    answers = [
        await filled.post({"query": query, "variables": {"id": who, "age": age}})
        for who, age in ((1, 30), (2, 31), (1, None), (2, 32), (9, 33))
    ]

    assert [answer["data"]["update_member_by_pk"] for answer in answers] == [
        {"age": 30}, {"age": 31}, {"age": None}, {"age": 32}, None,
    ]  # fmt: skip
    assert await database.fetch("SELECT age FROM member WHERE id < 3 ORDER BY id") == [(None,), (32,)]
