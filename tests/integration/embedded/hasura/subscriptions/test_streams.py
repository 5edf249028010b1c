"""Streams: rows in the order of a column, in batches, each once for each reader."""

import pytest

OWNER = {"x-hasura-role": "owner", "x-hasura-user-id": "ann"}
FROM = """subscription ($n: Int!, $from: Int!) {
    event_stream(batch_size: $n, cursor: {initial_value: {id: $from}}) { id } }"""


def ids(data: dict) -> list[int]:
    return [row["id"] for row in data["event_stream"]]


async def test_rows_come_in_batches_each_once_and_never_none(socket, database):
    await database.execute("INSERT INTO event (owner) SELECT 'ann' FROM generate_series(1, 5)")
    async with socket(init={}) as open_socket:
        await open_socket.start("1", FROM, **{"n": 2, "from": 0})

        assert [ids(await open_socket.data()) for _ in range(3)] == [[1, 2], [3, 4], [5]]
        await open_socket.silent(0.4)
        await database.execute("INSERT INTO event (owner) VALUES ('ann')")
        assert ids(await open_socket.data()) == [6]


async def test_each_reader_has_a_position_of_its_own(socket, database):
    await database.execute("INSERT INTO event (owner) SELECT 'ann' FROM generate_series(1, 3)")
    async with socket(init={}) as early, socket(init={}) as late:
        await early.start("1", FROM, **{"n": 10, "from": 0})
        assert ids(await early.data()) == [1, 2, 3]
        await database.execute("INSERT INTO event (owner) VALUES ('ann')")
        assert ids(await early.data()) == [4]

        await late.start("1", FROM, **{"n": 10, "from": 0})

        assert ids(await late.data()) == [1, 2, 3, 4]
        await database.execute("INSERT INTO event (owner) VALUES ('ann')")
        assert ids(await early.data()) == [5]
        assert ids(await late.data()) == [5]
        await early.silent(0.3)


async def test_a_stream_may_go_down_and_filter(socket, database):
    await database.execute("INSERT INTO event (owner, body) SELECT 'ann', (n % 2)::text FROM generate_series(1, 6) n")
    query = """subscription { event_stream(
        batch_size: 2, cursor: [{initial_value: {id: 6}, ordering: DESC}], where: {body: {_eq: "1"}}) { id } }"""
    async with socket(init={}) as open_socket:
        await open_socket.start("1", query)

        assert [ids(await open_socket.data()) for _ in range(2)] == [[5, 3], [1]]


async def test_a_role_streams_its_rows_and_no_more_at_once_than_it_may_have(socket, database):
    await database.execute(
        "INSERT INTO event (owner) SELECT CASE WHEN n % 2 = 0 THEN 'ann' ELSE 'bob' END FROM generate_series(1, 8) n"
    )
    async with socket(init=OWNER) as open_socket:
        await open_socket.start("1", FROM, **{"n": 10, "from": 0})

        assert [ids(await open_socket.data()) for _ in range(2)] == [[2, 4], [6, 8]]


async def test_a_role_may_be_kept_from_streaming(socket):
    async with socket(init={"x-hasura-role": "watcher"}) as open_socket:
        await open_socket.start("1", FROM, **{"n": 1, "from": 0})

        errors = (await open_socket.receive())["payload"]["errors"]
        assert errors[0]["message"] == "field 'event_stream' not found in type: 'subscription_root'"


@pytest.mark.parametrize(
    ("column", "kind", "scalar", "start", "values"),
    [
        (
            "at",
            "timestamptz",
            "timestamptz",
            "2020-01-01T00:00:00+00:00",
            ["2024-01-01 00:00:00.123456+02", "2024-01-01 00:00:00.123457+02"],
        ),
        (
            "uid",
            "uuid",
            "uuid",
            "00000000-0000-0000-0000-000000000000",
            ["00000000-0000-0000-0000-00000000000a", "ffffffff-1111-1111-1111-111111111111"],
        ),
        ("price", "numeric", "numeric", 0.1, ["0.10000000000000000001", "12345678901234567890.5"]),
        ("body", "text", "String", "", ['a "quoted" \\ text', "ünïcode"]),
    ],
)
async def test_columns_of_all_kinds_lead_a_stream_exactly(socket, database, column, kind, scalar, start, values):
    for value in values:
        insert = f"INSERT INTO event (owner, {column}) SELECT 'ann', ($1::text)::{kind}"
        await database.execute(insert, value)
    cursor = f"{{initial_value: {{{column}: $from}}}}"
    query = f"subscription ($from: {scalar}) {{ event_stream(batch_size: 1, cursor: {cursor}) {{ id }} }}"
    async with socket(init={}) as open_socket:
        await open_socket.start("1", query, **{"from": start})

        assert [ids(await open_socket.data()) for _ in range(2)] == [[1], [2]]
        await open_socket.silent(0.3)


async def test_rows_without_a_value_to_go_by_are_never_sent(socket, database):
    await database.execute("INSERT INTO event (owner, price) VALUES ('ann', NULL), ('ann', 1)")
    query = "subscription { event_stream(batch_size: 5, cursor: {initial_value: {price: 0}}) { id } }"
    async with socket(init={}) as open_socket:
        await open_socket.start("1", query)

        assert ids(await open_socket.data()) == [2]


async def test_a_start_that_is_no_value_of_its_column_refuses_only_its_reader(socket, database):
    await database.execute("INSERT INTO event (owner) VALUES ('ann')")
    query = """subscription ($from: timestamptz) {
        event_stream(batch_size: 5, cursor: {initial_value: {at: $from}}) { id } }"""
    async with socket(init={}) as open_socket:
        await open_socket.start("bad", query, **{"from": "never"})
        await open_socket.start("good", query, **{"from": "2020-01-01"})

        messages = {(m["id"], m["type"]) for m in [await open_socket.receive() for _ in range(3)]}

    assert messages == {("bad", "error"), ("bad", "complete"), ("good", "data")}
