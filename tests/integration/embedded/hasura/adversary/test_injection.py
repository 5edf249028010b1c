"""Names and values that would be SQL, if anyone wrote them into a statement as they are."""

from typing import Any

import pytest

from tests.integration.embedded.hasura.adversary.victim import EVIL
from tests.integration.embedded.hasura.engine import Engine

EVIL_ROW = {"id": 1, "evil_column": EVIL}
READS = [
    ("{ evil(where: {evil_column: {_eq: $v}}) { id evil_column } }", {"evil": [EVIL_ROW]}),
    ("{ evil(where: {evil_column: {_in: [$v]}}, order_by: {evil_column: desc}) { id } }", {"evil": [{"id": 1}]}),
    ("{ evil(where: {itself: {evil_column: {_eq: $v}}}) { itself { id } } }", {"evil": [{"itself": {"id": 1}}]}),
    ("{ evil(where: {computed: {_eq: $v}}, order_by: {computed: asc}) { computed } }", {"evil": [{"computed": EVIL}]}),
    ("{ evil(distinct_on: evil_column, where: {evil_column: {_gte: $v}}) { id } }", {"evil": [{"id": 1}]}),
    (
        """{ evil_aggregate(where: {evil_column: {_eq: $v}}) {
          aggregate { count(columns: evil_column) max { evil_column } }
        } }""",
        {"evil_aggregate": {"aggregate": {"count": 1, "max": {"evil_column": EVIL}}}},
    ),
]


@pytest.mark.parametrize(("text", "expected"), READS)
async def test_a_name_made_of_sql_is_only_a_name_when_rows_are_read(victim: Engine, text: str, expected: Any):
    answer = await victim.post({"query": f"query ($v: String!) {text}", "variables": {"v": EVIL}})

    assert answer == {"data": expected}


async def test_a_name_made_of_sql_is_only_a_name_when_rows_are_written(victim: Engine):
    upsert = """mutation ($v: String!) {
      insert_evil(
        objects: [{id: 1, evil_column: $v}, {id: 9, evil_column: "new"}]
        on_conflict: {constraint: evil_pkey, update_columns: [evil_column], where: {evil_column: {_eq: $v}}}
      ) { affected_rows returning { evil_column itself { id } } }
      update_evil(where: {id: {_eq: 9}}, _set: {evil_column: "newer"}) { returning { evil_column } }
      delete_evil(where: {evil_column: {_eq: "newer"}}) { affected_rows }
    }"""
    answer = await victim.post({"query": upsert, "variables": {"v": EVIL}})

    assert answer["data"]["insert_evil"]["returning"][0] == {"evil_column": EVIL, "itself": {"id": 1}}
    assert answer["data"]["update_evil"] == {"returning": [{"evil_column": "newer"}]}
    assert answer["data"]["delete_evil"] == {"affected_rows": 1}


async def test_a_permission_on_a_column_whose_name_is_sql_compares_with_the_session(victim: Engine):
    answer = await victim.ask("{ evil { id } }", "user", User_Id="plain")

    assert answer == {"data": {"evil": [{"id": 2}]}}


HEADERS = ["ann' OR '1'='1", 'ann") OR TRUE --', "'; DROP TABLE note; --", "{ann}", "$1", "ann\\", "%", "NULL"]


@pytest.mark.parametrize("value", HEADERS)
async def test_a_session_variable_is_compared_and_never_read_as_sql(victim: Engine, value: str):
    answer = await victim.ask("{ note { id } note_aggregate { aggregate { count } } }", "user", User_Id=value)

    assert answer == {"data": {"note": [], "note_aggregate": {"aggregate": {"count": 0}}}}


@pytest.mark.parametrize(
    ("value", "ids"),
    [("{a1}", [1]), ('{"a1","b3"}', [1, 3]), ("{}", []), ("{a1'); DROP TABLE note; --}", []), ('{"}"}', [])],
)
async def test_a_list_in_a_session_variable_holds_what_it_says_and_no_more(victim: Engine, value: str, ids: list[int]):
    answer = await victim.ask("{ note(order_by: {id: asc}) { id } }", "tagged", Titles=value)

    assert answer == {"data": {"note": [{"id": number} for number in ids]}}


PATHS = ["k'", 'k"]', "k'; DROP TABLE note; --", "$", "k[0]", "a.b.c", "['k']", "}", "{k}", "NULL", "k,v"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_json_path_leads_into_the_document_or_nowhere(victim: Engine, path: str):
    body = {
        "query": "query ($p: String) { note(where: {id: {_eq: 1}}) { details(path: $p) } }",
        "variables": {"p": path},
    }

    answer = await victim.post(body)

    if "errors" in answer:
        assert answer["errors"][0]["extensions"]["code"] == "validation-failed", answer
    else:
        assert answer["data"]["note"][0]["details"] in (None, "v", {"k": "v"})


VALUES = [EVIL, "'", "\\", "$$", "%s", '{"a"', "x" * 5000]


@pytest.mark.parametrize("value", VALUES)
async def test_a_value_comes_back_as_it_was_sent(victim: Engine, value: str):
    mutation = """mutation ($n: note_insert_input!, $v: jsonb!, $t: String!) {
      insert_note_one(object: $n) { title tags details secret }
      update_note(where: {title: {_eq: $t}}, _append: {details: $v}) { returning { details } }
      delete_note(where: {title: {_eq: $t}}) { affected_rows }
    }"""
    note = {
        "id": 77,
        "owner_id": "ann",
        "title": value,
        "tags": [value, ""],
        "details": {value: [value]},
        "secret": "s",
    }

    answer = await victim.post({"query": mutation, "variables": {"n": note, "v": {"more": value}, "t": value}})

    assert "errors" not in answer, answer
    data = answer["data"]
    assert data["insert_note_one"] == {
        "title": value,
        "tags": [value, ""],
        "details": {value: [value]},
        "secret": "s",
    }
    assert data["update_note"]["returning"] == [{"details": {value: [value], "more": value}}]
    assert data["delete_note"] == {"affected_rows": 1}


async def test_nothing_was_dropped_by_all_this(victim: Engine, victim_database: Any):
    assert await victim_database.fetchval("SELECT count(*) FROM note") == 4
    assert (await victim.ask("{ note_aggregate { aggregate { count } } }"))["data"] is not None
