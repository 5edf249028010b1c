"""Ways to learn what a role may not see, each of them tried."""

import json
from typing import Any

import pytest

from tests.integration.embedded.hasura.engine import Engine

ANN = {"User_Id": "ann"}

# Everything that would name the column `secret`, or the computed field that tells it.
NAMING_THE_HIDDEN = [
    "{ note { secret } }",
    "{ note { whispered } }",
    '{ note(where: {secret: {_eq: "s1"}}) { id } }',
    "{ note(where: {_not: {secret: {_is_null: true}}}) { id } }",
    "{ note(order_by: {secret: asc}) { id } }",
    "{ note(order_by: {whispered: asc}) { id } }",
    "{ note(distinct_on: secret) { id } }",
    "{ note_aggregate { aggregate { max { secret } } } }",
    "{ note_aggregate { aggregate { count(columns: secret) } } }",
    "{ note_aggregate(order_by: {secret: asc}) { nodes { id } } }",
    '{ person(where: {notes: {secret: {_like: "s%"}}}) { id } }',
    "{ person(order_by: {notes_aggregate: {max: {secret: desc}}}) { id } }",
    '{ person(where: {notes_aggregate: {count: {predicate: {_gt: 0}, filter: {secret: {_eq: "s1"}}}}}) { id } }',
    "{ person { notes { secret } } }",
    "{ person { written { secret } } }",
    '{ all_notes(args: {lowest: 0}, where: {secret: {_eq: "s1"}}) { id } }',
    "{ all_notes(args: {lowest: 0}) { secret } }",
    'mutation { update_note(where: {secret: {_eq: "s1"}}, _set: {title: "x"}) { affected_rows } }',
    'mutation { delete_note(where: {secret: {_eq: "s1"}}) { affected_rows } }',
    'mutation { update_note(where: {id: {_eq: 1}}, _set: {secret: "x"}) { affected_rows } }',
    'mutation { update_note(where: {id: {_eq: 1}}, _set: {title: "x"}) { returning { secret } } }',
    "mutation { update_note(where: {id: {_eq: 1}}, _inc: {price: 1}) { affected_rows } }",
]


@pytest.mark.parametrize("query", NAMING_THE_HIDDEN)
async def test_a_hidden_column_cannot_be_named_anywhere(victim: Engine, query: str):
    answer = await victim.ask(query, "user", **ANN)

    assert answer["errors"][0]["extensions"]["code"] == "validation-failed", answer
    assert "s1" not in answer["errors"][0]["message"].replace('"s1"', "")


async def test_introspection_of_a_role_names_nothing_it_may_not_read(victim: Engine):
    asked = "{ __schema { types { name fields { name } inputFields { name } enumValues { name } } } }"
    seen = {
        type_["name"]: json.dumps(type_) for type_ in (await victim.ask(asked, "user"))["data"]["__schema"]["types"]
    }

    # What a role writes it may name, so inserting does; reading does not.
    assert not [name for name, text in seen.items() if '"secret"' in text and name != "note_insert_input"]
    assert not [name for name, text in seen.items() if '"price"' in text or '"whispered"' in text]


ROUNDABOUT: list[tuple[str, Any]] = [
    ("{ note_by_pk(id: 3) { title } }", {"note_by_pk": None}),
    ("{ note_aggregate(order_by: {id: asc}) { aggregate { count max { id } } nodes { id } } }",
     {"note_aggregate": {"aggregate": {"count": 2, "max": {"id": 2}}, "nodes": [{"id": 1}, {"id": 2}]}}),
    ("{ person(order_by: {id: asc}) { id notes_aggregate { aggregate { count } } } }",
     {"person": [
         {"id": one, "notes_aggregate": {"aggregate": {"count": n}}} for one, n in (("ann", 2), ("bob", 0), ("eve", 0))
     ]}),
    ("{ person(where: {notes: {}}) { id } }", {"person": [{"id": "ann"}]}),
    ("{ person(where: {written: {}}) { id } }", {"person": [{"id": "ann"}]}),
    ("{ person(where: {_not: {notes: {id: {_gt: 2}}}}, order_by: {id: asc}) { id } }",
     {"person": [{"id": "ann"}, {"id": "bob"}, {"id": "eve"}]}),
    ("{ person(where: {notes_aggregate: {count: {predicate: {_gt: 0}}}}) { id } }", {"person": [{"id": "ann"}]}),
    ("{ person(order_by: [{notes_aggregate: {max: {id: desc_nulls_last}}}, {id: asc}]) { id } }",
     {"person": [{"id": "ann"}, {"id": "bob"}, {"id": "eve"}]}),
    ("{ person(order_by: [{notes_aggregate: {count: desc}}, {id: desc}]) { id } }",
     {"person": [{"id": "ann"}, {"id": "eve"}, {"id": "bob"}]}),
    ("{ person(order_by: {id: asc}) { written(order_by: {id: asc}) { id } } }",
     {"person": [{"written": [{"id": 1}, {"id": 2}]}, {"written": []}, {"written": []}]}),
    ("{ all_notes(args: {lowest: 0}, order_by: {id: asc}) { id } }", {"all_notes": [{"id": 1}, {"id": 2}]}),
    ("{ all_notes_aggregate(args: {lowest: 2}) { aggregate { count } } }",
     {"all_notes_aggregate": {"aggregate": {"count": 1}}}),
    ("{ note(where: {owner: {notes: {id: {_eq: 3}}}}) { id } }", {"note": []}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), ROUNDABOUT)
async def test_hidden_rows_are_not_told_by_a_roundabout_way(victim: Engine, query: str, expected: Any):
    assert await victim.ask(query, "user", **ANN) == {"data": expected}


WRITES: list[tuple[str, Any]] = [
    ('update_note(where: {}, _set: {title: "t"}) { affected_rows }', {"affected_rows": 2}),
    ('update_note_by_pk(pk_columns: {id: 3}, _set: {title: "t"}) { title }', None),
    ("delete_note(where: {id: {_in: [3, 4]}}) { affected_rows }", {"affected_rows": 0}),
    ("delete_note_by_pk(id: 3) { id }", None),
    ('update_note_many(updates: [{where: {id: {_gt: 2}}, _set: {title: "t"}}]) { affected_rows }',
     [{"affected_rows": 0}]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "expected"), WRITES)
async def test_hidden_rows_are_not_written(victim: Engine, victim_database: Any, field: str, expected: Any):
    before = await victim_database.fetch("SELECT * FROM note WHERE owner_id <> 'ann' ORDER BY id")

    answer = await victim.ask(f"mutation {{ it: {field} }}", "user", **ANN)

    assert answer == {"data": {"it": expected}}
    assert await victim_database.fetch("SELECT * FROM note WHERE owner_id <> 'ann' ORDER BY id") == before
    await victim_database.execute("UPDATE note SET title = 'a' || id WHERE owner_id = 'ann'")


TAKEN = [
    'insert_note_one(object: {id: 50, owner_id: "bob", title: "t"}) { id }',
    """insert_note(objects: [{id: 51, owner_id: "ann", title: "t"}, {id: 52, owner_id: "bob", title: "t"}]) {
      affected_rows
    }""",
    'update_note(where: {id: {_eq: 1}}, _set: {owner_id: "bob"}) { affected_rows }',
    """insert_note_one(
      object: {id: 3, owner_id: "ann", title: "t"}
      on_conflict: {constraint: note_pkey, update_columns: [title, owner_id]}
    ) { title }""",
]  # fmt: skip


@pytest.mark.parametrize("field", TAKEN)
async def test_rows_cannot_be_given_to_others_nor_taken_from_them(victim: Engine, victim_database: Any, field: str):
    before = await victim_database.fetch("SELECT * FROM note ORDER BY id")

    answer = await victim.ask(f"mutation {{ it: {field} }}", "user", **ANN)

    refused = answer.get("errors", [{}])[0].get("extensions", {}).get("code")
    assert refused == "permission-error" or answer == {"data": {"it": None}}, answer
    assert await victim_database.fetch("SELECT * FROM note ORDER BY id") == before


async def test_a_preset_cannot_be_overridden(victim: Engine, victim_database: Any):
    mutation = 'mutation { insert_note_one(object: {id: 60, owner_id: "ann", title: "t", price: 999}) { id } }'

    refused = await victim.ask(mutation, "user", **ANN)
    kept = await victim.ask(mutation.replace(", price: 999", ""), "user", **ANN)

    assert refused["errors"][0]["extensions"]["code"] == "validation-failed"
    assert kept == {"data": {"insert_note_one": {"id": 60}}}
    assert await victim_database.fetchval("DELETE FROM note WHERE id = 60 RETURNING price") == 1


HEIR: list[tuple[str, Any]] = [
    ("{ note(order_by: {id: asc}) { id secret whispered } }",
     {"note": [{"id": n, "secret": s, "whispered": s} for n, s in ((1, "s1"), (2, "s2"), (3, None), (4, None))]}),
    ('{ note(where: {secret: {_in: ["s1", "s3"]}}) { id } }', {"note": [{"id": 1}]}),
    ('{ note(where: {whispered: {_like: "s%"}}, order_by: {id: asc}) { id } }', {"note": [{"id": 1}, {"id": 2}]}),
    ("{ note(where: {secret: {_is_null: true}}, order_by: {id: asc}) { id } }", {"note": [{"id": 3}, {"id": 4}]}),
    ("{ note(order_by: [{price: desc_nulls_last}, {id: asc}]) { id } }", {"note": [{"id": n} for n in (2, 1, 3, 4)]}),
    ("{ note(distinct_on: price, order_by: [{price: asc}, {id: asc}]) { id } }",
     {"note": [{"id": n} for n in (1, 2, 3)]}),
    ("{ note_aggregate { aggregate { count(columns: secret) max { price secret } sum { price } } } }",
     {"note_aggregate": {"aggregate": {"count": 2, "max": {"price": 20, "secret": "s2"}, "sum": {"price": 30}}}}),
    ("{ note_by_pk(id: 3) { title secret price } }", {"note_by_pk": {"title": "b3", "secret": None, "price": None}}),
    ("{ person(order_by: {id: asc}) { notes(order_by: {id: asc}) { secret } } }",
     {"person": [{"notes": [{"secret": one} for one in told]} for told in (("s1", "s2"), (None,), (None,))]}),
    ("{ person(order_by: [{notes_aggregate: {max: {price: desc_nulls_last}}}, {id: asc}]) { id } }",
     {"person": [{"id": "ann"}, {"id": "bob"}, {"id": "eve"}]}),
    ('{ person(where: {notes: {secret: {_eq: "s3"}}}) { id } }', {"person": []}),
    ("{ all_notes(args: {lowest: 3}, order_by: {id: asc}) { id secret } }",
     {"all_notes": [{"id": 3, "secret": None}, {"id": 4, "secret": None}]}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), HEIR)
async def test_an_heir_is_told_no_cell_that_none_of_its_parents_shows(victim: Engine, query: str, expected: Any):
    assert await victim.ask(query, "heir", **ANN) == {"data": expected}


async def test_an_unknown_role_sees_nothing_at_all(victim: Engine):
    answer = await victim.ask("{ note { id } }", "User", **ANN)

    assert answer["errors"][0]["message"] == "field 'note' not found in type: 'query_root'"


async def test_a_missing_session_variable_is_no_licence(victim: Engine):
    answer = await victim.ask("{ note { id } }", "user")

    assert answer["errors"][0]["extensions"]["code"] == "not-found"
