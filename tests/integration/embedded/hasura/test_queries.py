"""Queries over HTTP, as admin, against real rows."""

import pytest


async def test_nested_relationships_come_back_in_the_clients_key_order(engine):
    answer = await engine.ask(
        "{ organization(order_by: {id: asc}, limit: 1) { tasks(order_by: {id: asc}, limit: 2) "
        "{ headline id organization { name } } name id } }"
    )

    assert answer == {
        "data": {
            "organization": [
                {
                    "tasks": [
                        {"headline": "dig", "id": 1, "organization": {"name": "Acme"}},
                        {"headline": "saw", "id": 2, "organization": {"name": "Acme"}},
                    ],
                    "name": "Acme",
                    "id": 1,
                }
            ]
        }
    }
    assert list(answer["data"]["organization"][0]) == ["tasks", "name", "id"]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("{}", [1, 2, 3, 4]),
        ("{id: {_in: [1, 3]}}", [1, 3]),
        ("{id: {_in: []}}", []),
        ("{id: {_nin: []}}", [1, 2, 3, 4]),
        ("{_or: []}", []),
        ("{_and: []}", [1, 2, 3, 4]),
        ("{_not: {}}", []),
        ('{_not: {state: {_eq: "open"}}}', [2, 3]),
        ("{_or: [{id: {_lt: 2}}, {id: {_gte: 4}}]}", [1, 4]),
        ('{headline: {_ilike: "S%"}}', [2, 3]),
        ('{headline: {_regex: "^(dig|cut)$"}}', [1, 4]),
        ('{headline: {_nsimilar: "(dig|cut)"}}', [2, 3]),
        ('{details: {_contains: {tool: {name: "saw"}}}}', [2]),
        ('{details: {_has_key: "sizes"}}', [1]),
        ('{details: {_has_keys_all: ["sizes", "tool"]}}', [1]),
        ("{details: {_is_null: true}}", [3, 4]),
        ('{labels: {_contains: ["wood"]}}', [2]),
        ("{labels: {_eq: []}}", [4]),
        ('{price: {_gt: "2"}}', [2, 4]),
        ("{price: {_eq: 1.50}}", [1]),
        ("{big: {_eq: 9007199254740993}}", [1]),
        ('{created_at: {_lt: "2024-01-03"}}', [1, 2, 3, 4]),
        ('{organization: {name: {_eq: "Umbrella"}}}', [4]),
        ("{organization: {people: {superuser: {_eq: true}}}}", [4]),
    ],
)
async def test_a_filter_picks_exactly_the_rows_it_describes(engine, where, ids):
    answer = await engine.ask("{ jobs(where: " + where + ", order_by: {id: asc}) { id } }")

    assert answer == {"data": {"jobs": [{"id": i} for i in ids]}}


async def test_aggregates_count_and_sum_what_the_filter_leaves(engine):
    answer = await engine.ask(
        "{ jobs_aggregate(where: {org_id: {_eq: 1}}, order_by: {id: desc}) { "
        "aggregate { count sum { price } max { headline } "
        "states: count(columns: state, distinct: true) } nodes { id } } }"
    )

    assert answer["data"]["jobs_aggregate"] == {
        "aggregate": {"count": 3, "sum": {"price": 3.75}, "max": {"headline": "spy"}, "states": 3},
        "nodes": [{"id": 3}, {"id": 2}, {"id": 1}],
    }


async def test_ordering_goes_through_relationships_and_aggregates(engine):
    answer = await engine.ask(
        "{ jobs(order_by: [{organization: {name: desc}}, {price: desc_nulls_last}]) { id } "
        "organization(order_by: {tasks_aggregate: {count: desc}}) { name } }"
    )

    assert answer["data"] == {
        "jobs": [{"id": 4}, {"id": 2}, {"id": 1}, {"id": 3}],
        "organization": [{"name": "Acme"}, {"name": "Umbrella"}],
    }


async def test_distinct_on_keeps_the_first_row_of_each_value(engine):
    answer = await engine.ask("{ jobs(distinct_on: state, order_by: [{state: asc}, {id: desc}]) { state id } }")

    assert answer["data"]["jobs"] == [
        {"state": "done", "id": 2}, {"state": "hidden", "id": 3}, {"state": "open", "id": 4}
    ]  # fmt: skip


async def test_numbers_beyond_doubles_arrive_as_postgres_wrote_them(engine):
    answer = await engine.client.post(
        "/v1/graphql",
        json={"query": "{ job(id: 1) { big price } }"},
        headers={"X-Hasura-Admin-Secret": "let-me-in"},
    )

    assert '"big":9007199254740993,"price":1.50' in answer.text


async def test_a_json_path_picks_a_part_of_a_document(engine):
    answer = await engine.ask(
        '{ job(id: 1) { a: details(path: "tool.name") b: details(path: "$.sizes[1]") c: details(path: "nothing") } }'
    )

    assert answer["data"]["job"] == {"a": "spade", "b": 2, "c": None}


async def test_one_document_serves_changing_variables_fragments_and_directives(engine):
    query = (
        "query ($id: Int!, $short: Boolean = false, $where: Job_bool_exp) { job(id: $id) { ...parts } "
        "jobs(where: $where, order_by: {id: asc}) { id } } "
        "fragment parts on Job { id headline @skip(if: $short) ... on Job { __typename } }"
    )

    first = await engine.post({"query": query, "variables": {"id": 1, "where": {"id": {"_gt": 3}}}})
    second = await engine.post({"query": query, "variables": {"id": 2, "short": True, "where": {"id": {"_lt": 2}}}})
    third = await engine.post({"query": query, "variables": {"id": 2, "short": True}})

    assert first["data"] == {"job": {"id": 1, "headline": "dig", "__typename": "Job"}, "jobs": [{"id": 4}]}
    assert second["data"] == {"job": {"id": 2, "__typename": "Job"}, "jobs": [{"id": 1}]}
    assert third["data"]["jobs"] == [{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4}]


async def test_a_batch_answers_each_request_on_its_own(engine):
    answer = await engine.post(
        [{"query": "{ job(id: 1) { id } }"}, {"query": "{ nonsense }"}, {"query": "{ __typename }"}]
    )

    assert answer[0] == {"data": {"job": {"id": 1}}}
    assert answer[1]["errors"][0]["extensions"] == {"path": "$.selectionSet.nonsense", "code": "validation-failed"}
    assert answer[2] == {"data": {"__typename": "query_root"}}


@pytest.mark.parametrize(
    ("query", "code", "path", "message"),
    [
        ("{ jobs { nope } }", "validation-failed", "$.selectionSet.jobs.selectionSet.nope",
         "field 'nope' not found in type: 'Job'"),
        ("{ jobs(where: {id: {_eq: null}}) { id } }", "validation-failed", "$.selectionSet.jobs.args.where.id._eq",
         "unexpected null value for type 'Int'"),
        ('{ jobs(limit: "3") { id } }', "validation-failed", "$.selectionSet.jobs.args.limit",
         "expected a non-negative 32-bit integer for type 'Int', but found a string"),
        ("{ jobs(wher: {}) { id } }", "validation-failed", "$.selectionSet.jobs",
         "'jobs' has no argument named 'wher'"),
        ('{ jobs(where: {created_at: {_eq: "soon"}}) { id } }', "data-exception", "$.selectionSet.jobs",
         'invalid input syntax for type timestamp with time zone: "soon"'),
        ("{ jobs(distinct_on: state, order_by: {id: asc}) { id } }", "validation-failed", "$.selectionSet.jobs.args",
         '"distinct_on" columns must match initial "order_by" columns'),
        ("{ jobs", "validation-failed", "$.query", "not a valid graphql query"),
        ("query A { __typename } query B { __typename }", "validation-failed", "$",
         "exactly one operation has to be present in the document when operationName is not specified"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_refused_with_code_path_and_sentence(engine, query, code, path, message):
    answer = await engine.ask(query)

    assert "data" not in answer
    assert answer["errors"] == [{"message": message, "extensions": {"path": path, "code": code}}]


async def test_an_error_of_one_of_two_fields_names_that_field(engine):
    answer = await engine.ask('{ a: jobs { id } b: jobs(where: {price: {_eq: "much"}}) { id } }')

    assert answer["errors"][0]["extensions"]["code"] == "data-exception"
    assert answer["errors"][0]["extensions"]["path"] == "$.selectionSet.jobs"


async def test_user_values_never_become_sql(engine):
    quote = "'; DROP TABLE task; --"

    answer = await engine.post(
        {"query": "query ($t: String!) { jobs(where: {headline: {_eq: $t}}) { id } }", "variables": {"t": quote}}
    )
    again = await engine.ask('{ jobs(where: {headline: {_in: ["' + quote + '"]}}) { id } }')

    assert answer == again == {"data": {"jobs": []}}
    assert (await engine.ask("{ jobs_aggregate { aggregate { count } } }"))["data"]["jobs_aggregate"]["aggregate"][
        "count"
    ] == 4
