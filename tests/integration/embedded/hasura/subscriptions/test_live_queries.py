"""Live queries: what is pushed, to whom, and when."""

import json

import pytest

from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY, TRANSPORT

BOTH = pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])
TEXTS = "subscription { note(order_by: {id: asc}) { text } }"


@BOTH
async def test_the_first_result_comes_at_once_and_then_each_change(socket, database, protocol):
    async with socket(protocol, init={}) as open_socket:
        await open_socket.start("1", TEXTS)
        assert await open_socket.data() == {"note": []}

        await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'a'), ('ann', 'b')")
        assert await open_socket.data() == {"note": [{"text": "a"}, {"text": "b"}]}
        await database.execute("UPDATE note SET text = 'c' WHERE text = 'a'")
        assert await open_socket.data() == {"note": [{"text": "c"}, {"text": "b"}]}
        await database.execute("DELETE FROM note WHERE text = 'b'")
        assert await open_socket.data() == {"note": [{"text": "c"}]}


async def test_nothing_is_pushed_unless_the_result_changes(socket, database):
    async with socket(init={}) as open_socket:
        await open_socket.start("1", "subscription { note(where: {rank: {_eq: 1}}) { text } }")
        await open_socket.data()

        await database.execute("INSERT INTO note (owner, rank) VALUES ('ann', 2)")
        await open_socket.silent(0.5)
        await database.execute("INSERT INTO note (owner, rank, text) VALUES ('ann', 1, 'mine')")
        assert await open_socket.data() == {"note": [{"text": "mine"}]}
        await open_socket.silent(0.5)


async def test_each_subscriber_sees_what_its_role_and_session_let_through(socket, database):
    await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'a'), ('bob', 'b')")
    roles = (
        {"x-hasura-role": "owner", "x-hasura-user-id": "ann"},
        {"x-hasura-role": "owner", "x-hasura-user-id": "bob"},
        {},
    )
    seen = []
    for init in roles:
        async with socket(init=init) as open_socket:
            await open_socket.start("1", TEXTS)
            seen.append([row["text"] for row in (await open_socket.data())["note"]])

    assert seen == [["a"], ["b"], ["a", "b"]]


async def test_a_missing_session_variable_refuses_the_subscription(socket):
    async with socket(init={"x-hasura-role": "owner"}) as open_socket:
        await open_socket.start("1", TEXTS)

        refused = await open_socket.receive()
        assert refused["type"] == "error"
        assert refused["payload"]["errors"][0]["extensions"] == {"path": "$", "code": "not-found"}


@pytest.mark.parametrize(
    ("query", "variables", "expected"),
    [
        ("subscription ($id: Int!) { note_by_pk(id: $id) { text } }", {"id": 1}, {"note_by_pk": {"text": "a"}}),
        ("subscription ($id: Int!) { note_by_pk(id: $id) { text } }", {"id": 9}, {"note_by_pk": None}),
        (
            "subscription { note_aggregate { aggregate { count sum { rank } } } }",
            {},
            {"note_aggregate": {"aggregate": {"count": 2, "sum": {"rank": 3}}}},
        ),
        (
            "subscription ($ids: [Int!]) { note(where: {id: {_in: $ids}}) { id } }",
            {"ids": [2, 3]},
            {"note": [{"id": 2}]},
        ),
        (
            "subscription ($tags: [String!]) { note(where: {tags: {_contains: $tags}}) { tags } }",
            {"tags": ['a"b', "c\\d"]},
            {"note": [{"tags": ['a"b', "c\\d", "e"]}]},
        ),
        (
            "subscription ($w: note_bool_exp!, $n: Int) { note(where: $w, limit: $n) { t: text, __typename } }",
            {"w": {"rank": {"_gt": 1}}, "n": 5},
            {"note": [{"t": "b", "__typename": "note"}]},
        ),
        ("subscription { ...n } fragment n on subscription_root { note(limit: 0) { id } }", {}, {"note": []}),
        (
            """subscription @_multiple_top_level_fields {
                a: note_by_pk(id: 1) { id } __typename b: note_by_pk(id: 2) { id } }""",
            {},
            {"a": {"id": 1}, "__typename": "subscription_root", "b": {"id": 2}},
        ),
    ],
)
async def test_everything_that_reads_tables_can_be_watched(socket, database, query, variables, expected):
    await database.execute(
        "INSERT INTO note (owner, text, rank, tags) VALUES ('ann', 'a', 1, '{}'), ('ann', 'b', 2, $1)",
        ['a"b', "c\\d", "e"],
    )
    async with socket(init={}) as open_socket:
        await open_socket.start("1", query, **variables)

        data = await open_socket.data()

    assert json.dumps(data) == json.dumps(expected)


@pytest.mark.parametrize(
    "query",
    [
        "subscription { a: note { id } b: note { id } }",
        "subscription { ...two } fragment two on subscription_root { a: note { id } b: note { id } }",
        "subscription { note { id } __typename }",
    ],
)
async def test_more_than_one_root_field_is_refused(socket, query):
    async with socket(init={}) as open_socket:
        await open_socket.start("1", query)

        errors = (await open_socket.receive())["payload"]["errors"]

    assert errors[0]["message"] == "subscriptions must select one top level field"


async def test_one_bad_value_fails_only_its_own_subscriber(socket, database):
    query = "subscription ($at: uuid) { event_aggregate(where: {uid: {_eq: $at}}) { aggregate { count } } }"
    good = {"event_aggregate": {"aggregate": {"count": 0}}}
    async with socket(init={}) as open_socket:
        await open_socket.start("good", query, at="00000000-0000-0000-0000-000000000001")
        await open_socket.start("bad", query, at="no uuid")
        await open_socket.start("too", query, at="00000000-0000-0000-0000-000000000002")

        messages = [await open_socket.receive() for _ in range(4)]
        by_id: dict[str, list[dict]] = {}
        for message in messages:
            by_id.setdefault(message["id"], []).append(message)

        assert [m["type"] for m in by_id["bad"]] == ["error", "complete"]
        assert by_id["bad"][0]["payload"]["errors"][0]["extensions"]["code"] == "data-exception"
        assert [m["payload"] for m in by_id["good"] + by_id["too"]] == [{"data": good}] * 2
        await database.execute("INSERT INTO event (owner, uid) VALUES ('a', '00000000-0000-0000-0000-000000000002')")
        assert (await open_socket.receive())["id"] == "too"


@BOTH
async def test_an_error_of_the_database_is_told_and_polling_goes_on(socket, database, protocol):
    query = "subscription { note_aggregate(where: {rank: {_gt: 0}}) { aggregate { sum { rank } } } }"
    await database.execute("INSERT INTO note (owner, rank) VALUES ('ann', 1)")
    async with socket(protocol, init={}) as open_socket:
        await open_socket.start("1", query)
        await open_socket.data()

        await database.execute("ALTER TABLE note RENAME COLUMN rank TO was_rank")
        try:
            failed = await open_socket.receive()
        finally:
            await database.execute("ALTER TABLE note RENAME COLUMN was_rank TO rank")
        assert failed["type"] == ("data" if protocol == LEGACY else "next")
        assert failed["payload"]["data"] is None
        assert failed["payload"]["errors"][0]["extensions"]["code"] == "postgres-error"

        while "errors" in (message := await open_socket.receive())["payload"]:
            pass
        assert message["payload"]["data"]["note_aggregate"]["aggregate"]["sum"] == {"rank": 1}


async def test_a_late_subscriber_of_the_same_query_sees_what_was_there_when_it_came(socket, database):
    async with socket(init={}) as early, socket(init={}) as late:
        await early.start("1", TEXTS)
        assert await early.data() == {"note": []}
        await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'new')")

        await late.start("1", TEXTS)

        assert await late.data() == {"note": [{"text": "new"}]}
        assert await early.data() == {"note": [{"text": "new"}]}
        await late.silent(0.4)


async def test_one_of_many_may_leave_without_the_others_noticing(socket, database):
    async with socket(init={}) as staying, socket(init={}) as leaving:
        for one in (staying, leaving):
            await one.start("1", TEXTS)
            await one.data()
        await leaving.raw.close()

        await database.execute("INSERT INTO note (owner, text) VALUES ('ann', 'a')")

        assert await staying.data() == {"note": [{"text": "a"}]}
