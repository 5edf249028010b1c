"""Rows inserted through the engine, as Postgres has them afterwards."""

import pytest

ALL = """id small big exact real_number double_number price fixed short whole document tags numbers feeling share
  day at lasts raw yes documents"""


ROW = {
    "id": "00000000-0000-0000-0000-000000000001",
    "small": -5, "big": 9007199254740993, "exact": "1.50", "real_number": 0.5, "double_number": 0.1,
    "price": "$12.50", "fixed": "ab", "short": "abc", "whole": {"b": 1, "a": [None]}, "document": ["x", {"y": 2}],
    "tags": ["a", 'b"c', "d,e", "{f}", "\\g", ""], "numbers": [1, -2], "feeling": "cross", "share": 100,
    "day": "2024-02-29", "at": "2024-02-29T12:00:00+02:00", "lasts": "1 day 02:00:00", "raw": "\\xdeadbeef",
    "yes": False, "documents": [{"a": 'b"'}, 1],
}  # fmt: skip
SHOWN = ROW | {"exact": 1.50, "fixed": "ab  ", "at": "2024-02-29T10:00:00+00:00"}


@pytest.mark.parametrize("selection", [ALL, f'{ALL} again: document(path: "[1].y")'])
async def test_every_type_arrives_as_it_was_sent(engine, selection):
    more = {"again": 2} if "again" in selection else {}
    query = f"mutation ($row: sample_insert_input!) {{ insert_sample_one(object: $row) {{ {selection} }} }}"

    answer = await engine.post({"query": query, "variables": {"row": ROW}})

    assert answer["data"]["insert_sample_one"] == SHOWN | more


async def test_every_type_arrives_with_many_rows_at_once_and_in_plain_variables(engine):
    other = ROW | {"id": "00000000-0000-0000-0000-000000000002", "tags": None, "numbers": [], "fixed": None}
    written = ", ".join(f"{name}: ${name}" for name in ROW)
    declared = ", ".join(
        f"${name}: {kind}"
        for name, kind in zip(
            ROW,
            [
                "uuid",
                "smallint",
                "bigint",
                "numeric",
                "Float",
                "float8",
                "money",
                "bpchar",
                "String",
                "json",
                "jsonb",
                "[String!]",
                "[Int!]",
                "mood",
                "Int",
                "date",
                "timestamptz",
                "interval",
                "bytea",
                "Boolean",
                "[jsonb!]",
            ],
            strict=True,
        )
    )
    query = f"""mutation ($other: sample_insert_input!, {declared}) {{
      insert_sample(objects: [{{{written}}}, $other]) {{ returning {{ {ALL} }} }} }}"""

    answer = await engine.post({"query": query, "variables": {**ROW, "other": other}})

    assert answer["data"]["insert_sample"]["returning"] == [
        SHOWN,
        SHOWN | {"id": other["id"], "tags": None, "numbers": [], "fixed": None},
    ]


async def test_many_rows_go_in_at_once_and_come_back_in_order(engine):
    rows = [{"text": f"n{i}"} for i in range(500)]
    query = """mutation ($rows: [note_insert_input!]!) {
      insert_note(objects: $rows) { affected_rows returning { id text } } }"""

    answer = (await engine.post({"query": query, "variables": {"rows": rows}}))["data"]["insert_note"]

    assert answer["affected_rows"] == 500
    assert answer["returning"] == [{"id": i + 1, "text": f"n{i}"} for i in range(500)]


async def test_columns_left_out_get_their_defaults_and_null_stays_null(engine):
    answer = await engine.ask("""mutation { insert_team(objects: [
      {name: "a", lead: "ann"}, {name: "b", budget: 5}, {name: "c", lead: null}]) {
      returning { name lead budget } } }""")

    assert answer["data"]["insert_team"]["returning"] == [
        {"name": "a", "lead": "ann", "budget": 0},
        {"name": "b", "lead": None, "budget": 5},
        {"name": "c", "lead": None, "budget": 0},
    ]


async def test_postgres_fills_what_only_it_may_fill(engine):
    answer = await engine.ask("""mutation {
      insert_member(objects: [{name: "ann"}, {name: "bob"}]) { returning { shout number } }
      refused: __typename }""")

    assert answer["data"]["insert_member"]["returning"] == [
        {"shout": "ANN", "number": 1},
        {"shout": "BOB", "number": 2},
    ]
    refused = await engine.ask('mutation { insert_member(objects: {name: "c", number: 7}) { affected_rows } }')
    assert refused["errors"][0]["message"] == "field 'number' not found in type: 'member_insert_input'"


async def test_a_whole_tree_of_rows_goes_in_with_one_field(engine, database):
    answer = await engine.ask("""mutation {
      insert_badge(objects: [{colour: "none"}]) { affected_rows }
      insert_team(objects: [
        {name: "red", members: {data: [
          {name: "ann", badge: {data: {colour: "gold"}}}, {name: "bob"}]}},
        {name: "blue"}]) {
        affected_rows
        returning { name members(order_by: {name: asc}) { name badge { colour } team { name } } } } }""")

    assert answer["data"]["insert_team"] == {
        "affected_rows": 5,
        "returning": [
            {
                "name": "red",
                "members": [
                    {"name": "ann", "badge": {"colour": "gold"}, "team": {"name": "red"}},
                    {"name": "bob", "badge": None, "team": {"name": "red"}},
                ],
            },
            {"name": "blue", "members": []},
        ],
    }
    assert await database.fetchval("SELECT count(*) FROM badge") == 2


async def test_a_parent_may_be_found_instead_of_inserted(engine, database):
    query = """mutation ($team: String!, $who: String!) {
      insert_member_one(object: {name: $who, team: {data: {name: $team},
        on_conflict: {constraint: team_name_key, update_columns: [name]}}}) { team_id } }"""

    first = await engine.post({"query": query, "variables": {"team": "red", "who": "ann"}})
    second = await engine.post({"query": query, "variables": {"team": "red", "who": "bob"}})

    assert first["data"] == second["data"] == {"insert_member_one": {"team_id": 1}}
    assert await database.fetchval("SELECT count(*) FROM team") == 1


async def test_one_failing_row_takes_its_whole_tree_with_it(engine, database):
    answer = await engine.ask("""mutation { insert_team(objects: [{name: "red", members: {data: [
      {name: "ann", badge: {data: {colour: "gold"}}}, {name: "ann"}]}}]) { affected_rows } }""")

    assert answer["errors"] == [
        {
            "message": 'Uniqueness violation. duplicate key value violates unique constraint "member_team_id_name_key"',
            "extensions": {
                "path": "$.selectionSet.insert_team.args.objects[0].members.data[1]",
                "code": "constraint-violation",
            },
        }
    ]
    assert await database.fetchval("SELECT (SELECT count(*) FROM team) + (SELECT count(*) FROM badge)") == 0


@pytest.mark.parametrize(
    ("columns", "condition", "affected", "stored"),
    [
        ("[]", "", 0, "1"),
        ("[budget]", "", 1, "7"),
        ("[budget]", ", where: {budget: {_gt: 5}}", 0, "1"),
        ("[budget]", ", where: {budget: {_lt: 5}}", 1, "7"),
        ("[lead]", "", 1, "1"),
    ],
)
async def test_a_row_that_is_there_is_updated_as_far_as_was_asked(
    engine, database, columns, condition, affected, stored
):
    await engine.ask('mutation { insert_team_one(object: {name: "red", budget: 1}) { id } }')

    answer = await engine.ask(f"""mutation {{ insert_team(objects: {{name: "red", budget: 7}},
      on_conflict: {{constraint: team_name_key, update_columns: {columns}{condition}}}) {{ affected_rows }} }}""")

    assert answer["data"]["insert_team"]["affected_rows"] == affected
    assert str(await database.fetchval("SELECT budget FROM team")) == stored


async def test_views_take_rows_if_postgres_lets_them(engine, database):
    answer = await engine.ask("""mutation {
      insert_adult(objects: {name: "ann", age: 20}) { affected_rows returning { name } }
      update_adult(where: {name: {_eq: "ann"}}, _inc: {age: 1}) { affected_rows } }""")

    assert answer["data"]["insert_adult"] == {"affected_rows": 1, "returning": [{"name": "ann"}]}
    assert await database.fetchval("SELECT age FROM member") == 21
    refused = await engine.ask("mutation { delete_head_count(where: {}) { affected_rows } }")
    assert refused["errors"][0]["message"] == "field 'delete_head_count' not found in type: 'mutation_root'"


@pytest.mark.parametrize(
    ("query", "code", "message", "path"),
    [
        ("insert_member(objects: {name: 5}) { affected_rows }", "validation-failed",
         "expected a string for type 'String', but found an integer", ".selectionSet.insert_member.args.objects.name"),
        ("insert_member(objects: {}) { affected_rows }", "constraint-violation",
         'Not-NULL violation. null value in column "name" of relation "member" violates not-null constraint',
         ".selectionSet.insert_member.args.objects"),
        ('insert_member_one(object: {name: "a", team_id: 9}) { id }', "constraint-violation",
         ('Foreign key violation. insert or update on table "member" violates foreign key constraint'
         ' "member_team_id_fkey"'), ".selectionSet.insert_member_one.args.object"),
        ('insert_member_one(object: {name: "a", age: 3}) { id }', "permission-error",
         'Check constraint violation. new row for relation "member" violates check constraint "grown_up"',
         ".selectionSet.insert_member_one.args.object"),
        ('insert_sample_one(object: {short: "abcd"}) { id }', "data-exception",
         "value too long for type character varying(3)", ".selectionSet.insert_sample_one.args.object"),
        ('insert_sample_one(object: {id: "x"}) { id }', "data-exception",
         'invalid input syntax for type uuid: "x"', ".selectionSet.insert_sample_one.args.object"),
        ('insert_sample_one(object: {feeling: "merry"}) { id }', "data-exception",
         'invalid input value for enum mood: "merry"', ".selectionSet.insert_sample_one.args.object"),
        ("insert_sample_one(object: {share: 101}) { id }", "permission-error",
         'Check constraint violation. value for domain percentage violates check constraint "percentage_check"',
         ".selectionSet.insert_sample_one.args.object"),
    ],
)  # fmt: skip
async def test_what_postgres_refuses_is_told_in_its_words(engine, query, code, message, path):
    answer = await engine.ask(f"mutation {{ {query} }}")

    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["message"]) == (code, message)
    assert error["extensions"]["path"] == f"${path}"
