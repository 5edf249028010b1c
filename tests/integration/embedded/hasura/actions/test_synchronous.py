"""Synchronous actions beyond a single call: several at once, with tables, calling back, nested answers."""

import asyncio

import httpx
import pytest

from tests.integration.embedded.hasura.actions.far_side import Asked, reply
from tests.integration.embedded.hasura.actions.serving import action, serve
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, running_engine

NUMBER = [{"name": "n", "type": "Int"}]

TEAM = {
    "name": "Team",
    "fields": [
        {"name": "name", "type": "String"},
        {"name": "lead", "type": "PersonId"},
        {"name": "members", "type": "[PersonId!]"},
        {"name": "rows", "type": "[[PersonId]]"},
    ],
}


async def called(engine, query, role=None, **session):
    return (await engine.ask(query, role, **session)).get("data")


async def test_a_handler_may_call_back_while_the_engine_has_one_connection(far, action_database):
    async with running_engine(
        action_database, FAR_SIDE=far.url, FAR_SECRET="x", HASURA_GRAPHQL_PG_CONNECTIONS="1"
    ) as engine:
        await serve(engine, action("back", arguments=NUMBER))

        async def call_back(_: Asked):
            async with httpx.AsyncClient(base_url=engine.client.base_url) as client:
                answer = await client.post(
                    "/v1/graphql",
                    json={"query": "{ person(where: {id: {_eq: 2}}) { id } }"},
                    headers={"X-Hasura-Admin-Secret": ADMIN_SECRET},
                )
            return 200, answer.json()["data"]["person"][0]

        far.replies["/back"] = call_back

        data = await called(engine, "mutation { a: back { id person { name } } b: back { id } }")

    assert data == {"a": {"id": 2, "person": {"name": "Bob"}}, "b": {"id": 2}}


async def test_mutations_run_in_the_order_of_the_request_among_those_of_tables(action_engine, far):
    await serve(action_engine, action("count", "Int"))

    async def count(_: Asked):
        rows = await action_engine.ask("{ person_aggregate { aggregate { count } } }")
        return 200, rows["data"]["person_aggregate"]["aggregate"]["count"]

    far.replies["/count"] = count

    data = await called(
        action_engine,
        """mutation {
          before: count
          insert_person_one(object: {id: 90, name: "Zoe"}) { id }
          between: count
          delete_person(where: {id: {_eq: 90}}) { affected_rows }
          after: count
        }""",
    )

    assert data == {
        "before": 3,
        "insert_person_one": {"id": 90},
        "between": 4,
        "delete_person": {"affected_rows": 1},
        "after": 3,
    }
    assert list(data) == ["before", "insert_person_one", "between", "delete_person", "after"]


async def test_the_first_mutation_that_fails_keeps_the_next_from_running(action_engine, far):
    await serve(action_engine, action("first", "Int"), action("second", "Int"))
    far.replies["/first"] = reply({"message": "no"}, status=400)
    far.replies["/second"] = reply(1)

    answer = await action_engine.ask("mutation { first second }")

    assert answer == {"errors": [{"message": "no", "extensions": {"path": "$", "code": "unexpected"}}]}
    assert far.at("/second") == []


async def test_query_actions_run_at_the_same_time_and_beside_tables(action_engine, far):
    await serve(action_engine, action("one", "Int", type="query"), action("two", "Int", type="query"))
    meeting = asyncio.Barrier(2)

    async def meet(_: Asked):
        await asyncio.wait_for(meeting.wait(), 10)
        return 200, 1

    far.replies["/one"] = far.replies["/two"] = meet

    data = await called(action_engine, "{ one job(where: {id: {_eq: 1}}) { title } two __typename }")

    assert data == {"one": 1, "job": [{"title": "dig"}], "two": 1, "__typename": "query_root"}
    assert list(data) == ["one", "job", "two", "__typename"]


async def test_of_several_queries_the_first_that_fails_is_told(action_engine, far):
    await serve(action_engine, action("one", "Int", type="query"), action("two", "Int", type="query"))

    async def late(_: Asked):
        await asyncio.sleep(0.2)
        return 400, {"message": "first"}

    far.replies["/one"], far.replies["/two"] = late, reply({"message": "second"}, status=400)

    answer = await action_engine.ask("{ one two }")

    assert answer["errors"][0]["message"] == "first"


async def test_tables_are_joined_to_objects_and_lists_at_every_depth(action_engine, far):
    await serve(action_engine, action("team", "[Team!]!", ("member",), type="query"), objects=[TEAM])
    far.replies["/team"] = reply(
        [
            {"name": "a", "lead": {"id": 1}, "members": [{"id": 2}, {"id": 3}], "rows": [[{"id": 1}, None], None]},
            {"name": "b", "lead": None},
        ]
    )
    query = """{ team {
      n: name
      lead { id who: person { name } jobs(order_by: {title: desc}, limit: 1) { title } }
      members { person { name } all: jobs_aggregate(where: {title: {_neq: "x"}}) { aggregate { count } } }
      rows { person { name } }
    } }"""

    admins = await called(action_engine, query)
    anns = await called(action_engine, query, "member", User_Id="ann")

    assert admins["team"][0] == {
        "n": "a",
        "lead": {"id": 1, "who": {"name": "Ann"}, "jobs": [{"title": "saw"}]},
        "members": [
            {"person": {"name": "Bob"}, "all": {"aggregate": {"count": 1}}},
            {"person": {"name": "Cid"}, "all": {"aggregate": {"count": 1}}},
        ],
        "rows": [[{"person": {"name": "Ann"}}, None], None],
    }
    assert admins["team"][1] == {"n": "b", "lead": None, "members": None, "rows": None}
    assert [member["person"] for member in anns["team"][0]["members"]] == [None, {"name": "Cid"}]


async def test_two_aliases_of_a_relationship_with_other_arguments_are_two(action_engine, far):
    await serve(action_engine, action("me", type="query"))
    far.replies["/me"] = reply({"id": 1})
    query = "query ($t: String) { me { a: jobs(where: {title: {_eq: $t}}) { title } b: jobs(offset: 1) { title } } }"

    answers = [await action_engine.post({"query": query, "variables": {"t": title}}) for title in ("dig", "saw")]

    assert [answer["data"]["me"]["a"] for answer in answers] == [[{"title": "dig"}], [{"title": "saw"}]]
    assert answers[0]["data"]["me"]["b"] == [{"title": "saw"}]


async def test_a_value_no_column_could_hold_is_postgres_complaint(action_engine, far):
    await serve(action_engine, action("me", type="query"))
    far.replies["/me"] = reply({"id": "one"})

    answer = await action_engine.ask("{ me { id person { name } } }")

    assert answer["errors"][0]["extensions"]["code"] == "data-exception"


@pytest.mark.parametrize(
    ("output_type", "value"),
    [
        ("String!", "x"),
        ("[Int]", [1, None]),
        ("[[Float!]!]!", [[1.5], []]),
        ("Size", "S"),
        ("jsonb", {"any": [1, {"x": None}]}),
        ("Blob!", None),
        ("uuid", "7f0c7a51-3a9b-4a3c-9a52-0d2c1f4b8a11"),
    ],
)
async def test_outputs_need_not_be_objects(action_engine, far, output_type, value):
    types = {"scalars": [{"name": "Blob"}], "enums": [{"name": "Size", "values": [{"value": "S"}]}]}
    await serve(action_engine, action("any", output_type, type="query"), **types)
    far.replies["/any"] = reply(value)

    assert await called(action_engine, "{ any }") == {"any": value}


async def test_inputs_may_contain_themselves_and_keep_what_was_written(action_engine, far):
    tree = {
        "name": "Tree",
        "fields": [
            {"name": "size", "type": "Size"},
            {"name": "price", "type": "numeric"},
            {"name": "children", "type": "[Tree!]"},
        ],
    }
    arguments = [{"name": "tree", "type": "Tree!"}, {"name": "more", "type": "jsonb"}, {"name": "n", "type": "Int"}]
    enums = [{"name": "Size", "values": [{"value": "S"}, {"value": "L", "is_deprecated": True}]}]
    await serve(action_engine, action("grow", "Int", arguments=arguments), input_objects=[tree], enums=enums)
    far.replies["/grow"] = reply(1)
    document = "mutation ($t: Tree!, $m: jsonb, $n: Int) { grow(tree: $t, more: $m, n: $n) }"
    variables = '{"t": {"size": "S", "children": {"price": 1.50, "children": []}}, "m": {"p": 0.10, "z": null}}'

    await action_engine.client.post(
        "/v1/graphql",
        content='{"query": "' + document + '", "variables": ' + variables + "}",
        headers={"X-Hasura-Admin-Secret": ADMIN_SECRET},
    )
    await action_engine.ask('mutation { grow(tree: {size: L, children: [{price: "7"}]}, n: null) }')
    refused = await action_engine.ask("mutation { grow(tree: {children: [{size: XL}]}) }")

    assert (
        '"input":{"tree":{"size":"S","children":[{"price":1.50,"children":[]}]},"more":{"p":0.10,"z":null}}'
        in far.asked[0].text
    )
    assert far.asked[1].body["input"] == {"tree": {"size": "L", "children": [{"price": "7"}]}, "n": None}
    assert refused["errors"][0]["extensions"]["path"] == "$.selectionSet.grow.args.tree.children[0].size"
    assert len(far.asked) == 2


async def test_arguments_are_never_kept_from_an_earlier_request(action_engine, far):
    await serve(action_engine, action("echo", "Int", type="query", arguments=NUMBER))
    far.replies["/echo"] = lambda asked: (200, asked.body["input"].get("n"))
    query = "query ($n: Int) { echo(n: $n) }"

    given = [{"n": 1}, {"n": 2}, {}, {"n": None}, {"n": 1}]
    answers = [await action_engine.post({"query": query, "variables": variables}) for variables in given]

    assert [answer["data"]["echo"] for answer in answers] == [1, 2, None, None, 1]
    assert [asked.body["input"] for asked in far.asked] == given


async def test_deprecated_values_and_descriptions_are_told(action_engine):
    enums = [
        {
            "name": "Size",
            "description": "how large",
            "values": [{"value": "S", "description": "small"}, {"value": "L", "is_deprecated": True}],
        }
    ]
    inputs = [
        {"name": "In", "description": "what goes in", "fields": [{"name": "a", "type": "Size", "description": "f"}]}
    ]
    go = action("go", "Int", arguments=[{"name": "in", "type": "In", "description": "arg"}])
    await serve(action_engine, {**go, "comment": "starts it"}, enums=enums, input_objects=inputs)
    query = """{
      size: __type(name: "Size") {
        description now: enumValues { name description }
        all: enumValues(includeDeprecated: true) { name isDeprecated deprecationReason }
      }
      in: __type(name: "In") { description inputFields { description } }
      root: __type(name: "mutation_root") { fields { name description args { description } } }
    }"""

    told = await called(action_engine, query)

    assert told["size"]["description"] == "how large"
    assert told["size"]["now"] == [{"name": "S", "description": "small"}]
    assert told["size"]["all"] == [
        {"name": "L", "isDeprecated": True, "deprecationReason": "No longer supported"},
        {"name": "S", "isDeprecated": False, "deprecationReason": None},
    ]
    assert told["in"] == {"description": "what goes in", "inputFields": [{"description": "f"}]}
    field = next(field for field in told["root"]["fields"] if field["name"] == "go")
    assert field["description"] == "starts it"
    assert field["args"] == [{"description": "arg"}]
