"""What roles may see."""

import pytest
from graphql import get_introspection_query


async def test_a_row_filter_reaches_through_relationships_without_the_targets_own_filter(engine):
    answer = await engine.ask(
        "{ jobs(order_by: {id: asc}) { id organization { name } } "
        "organization { tasks(order_by: {id: desc}) { id } } }",
        role="member",
        User_Id="ann",
    )

    assert answer["data"] == {
        "jobs": [{"id": 1, "organization": {"name": "Acme"}}, {"id": 2, "organization": {"name": "Acme"}}],
        "organization": [{"tasks": [{"id": 2}, {"id": 1}]}],
    }


async def test_aggregates_and_by_key_obey_the_row_filter(engine):
    answer = await engine.ask(
        "{ jobs_aggregate { aggregate { count } nodes { id } } job(id: 3) { id } }", role="member", User_Id="ann"
    )

    assert answer["data"]["jobs_aggregate"]["aggregate"]["count"] == 2
    assert answer["data"]["job"] is None


async def test_a_missing_session_variable_is_an_error_and_not_an_empty_answer(engine):
    answer = await engine.ask("{ jobs { id } }", role="member")

    assert answer["errors"] == [
        {
            "message": 'missing session variables: "x-hasura-user-id"',
            "extensions": {"path": "$", "code": "not-found"},
        }
    ]


@pytest.mark.parametrize(("user", "ids"), [("ann", [1]), ("root", [1, 2, 3, 4])])
async def test_filters_compare_columns_and_look_into_other_tables(engine, user, ids):
    answer = await engine.ask("{ jobs(order_by: {id: asc}) { id } }", role="worker", User_Id=user)

    assert answer["data"]["jobs"] == [{"id": i} for i in ids]


async def test_a_permissions_limit_caps_lists_but_not_counts(engine):
    answer = await engine.ask(
        "{ organization(limit: 5) { id } organization_aggregate { aggregate { count } nodes { id } } }", role="auditor"
    )

    assert len(answer["data"]["organization"]) == 1
    assert answer["data"]["organization_aggregate"] == {"aggregate": {"count": 2}, "nodes": [{"id": 1}]}


@pytest.mark.parametrize(
    ("role", "query", "path"),
    [
        ("member", "{ organization { secret } }", "$.selectionSet.organization.selectionSet.secret"),
        (
            "member",
            '{ organization(where: {secret: {_eq: "s1"}}) { id } }',
            "$.selectionSet.organization.args.where.secret",
        ),
        (
            "member",
            "{ organization(order_by: {secret: asc}) { id } }",
            "$.selectionSet.organization.args.order_by.secret",
        ),
        ("member", "{ organization_aggregate { aggregate { count } } }", "$.selectionSet.organization_aggregate"),
        ("auditor", "{ organization_by_pk(id: 1) { id } }", "$.selectionSet.organization_by_pk"),
        ("auditor", "{ jobs { id } }", "$.selectionSet.jobs"),
        ("stranger", "{ organization { id } }", "$.selectionSet.organization"),
    ],
)
async def test_what_a_role_may_not_see_does_not_exist_for_it(engine, role, query, path):
    answer = await engine.ask(query, role=role, User_Id="ann")

    assert answer["errors"][0]["extensions"] == {"path": path, "code": "validation-failed"}
    assert "not found in type" in answer["errors"][0]["message"]


async def test_introspection_shows_each_role_its_own_schema(engine):
    question = get_introspection_query()

    admin = await engine.ask(question)
    member = await engine.ask(question, role="member", User_Id="ann")
    stranger = await engine.ask(question, role="stranger")

    names = {t["name"]: {f["name"] for f in t.get("fields") or []} for t in member["data"]["__schema"]["types"]}
    assert names["organization"] == {"id", "name", "tasks", "tasks_aggregate", "people"}
    assert "secret" in {
        f["name"] for t in admin["data"]["__schema"]["types"] if t["name"] == "organization" for f in t["fields"]
    }
    assert stranger["data"]["__schema"]["queryType"]["name"] == "query_root"
    assert "organization" not in {t["name"] for t in stranger["data"]["__schema"]["types"]}


async def test_plans_are_not_shared_between_roles_or_sessions(engine):
    query = "{ jobs(order_by: {id: asc}) { id } }"

    ann = await engine.ask(query, role="member", User_Id="ann")
    bob = await engine.ask(query, role="member", User_Id="bob")
    admin = await engine.ask(query)

    assert [len(answer["data"]["jobs"]) for answer in (ann, bob, admin)] == [2, 1, 4]
