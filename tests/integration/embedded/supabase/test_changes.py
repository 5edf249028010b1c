"""What a subscriber hears about rows."""
# ruff: noqa: S608  - the tables' names are made by the fixtures

import asyncio
import json
import re
import uuid

import asyncpg

from tests.integration.embedded.supabase.gateway import member, token
from tests.support.waiting import until


async def test_insert_update_and_delete_arrive_with_exact_payloads(listen, note, sql):
    listener = await listen(note, member("a"))

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', 'first', 1.50)")
    await listener.heard(1)
    await sql.execute(f"UPDATE {note} SET body = 'second' WHERE id = 1")
    await listener.heard(2)
    await sql.execute(f"DELETE FROM {note} WHERE id = 1")

    inserted, updated, deleted = await listener.heard(3)
    shape = {"schema": "public", "table": note, "errors": None}
    columns = [
        {"name": "id", "type": "int4"},
        {"name": "org_id", "type": "text"},
        {"name": "body", "type": "text"},
        {"name": "size", "type": "numeric"},
    ]
    assert inserted.items() >= {**shape, "columns": columns, "type": "INSERT"}.items()
    assert inserted["record"] == {"id": 1, "org_id": "a", "body": "first", "size": 1.5}
    assert updated["record"] == {"id": 1, "org_id": "a", "body": "second", "size": 1.5}
    assert updated["old_record"] == {"id": 1}
    assert (deleted["type"], deleted["old_record"]) == ("DELETE", {"id": 1})
    assert "record" not in deleted
    assert "old_record" not in inserted
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", inserted["commit_timestamp"])
    assert listener.events[0]["ids"] == listener.events[1]["ids"] != [0]


async def test_values_of_every_kind_read_as_postgres_writes_them_in_json(listen, sql):
    table = f"kinds_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TYPE {table}_mood AS ENUM ('glad', 'sad');
        CREATE TABLE {table} (id uuid PRIMARY KEY, big int8, exact numeric, real float8, yes bool, doc jsonb,
            list text[], at timestamptz, local timestamp, day date, raw bytea, mood {table}_mood, span int4range,
            nothing text, long_ago timestamptz, nan float8, flags bit(4), ref oid,
            twice int8 GENERATED ALWAYS AS (big / 3) STORED, half int8 GENERATED ALWAYS AS (big / 2) VIRTUAL);
        GRANT SELECT ON {table} TO authenticated;
        ALTER PUBLICATION supabase_realtime ADD TABLE {table};
        """
    )
    listener = await listen(table, member("a"))

    await sql.execute(
        f"""
        INSERT INTO {table} VALUES ('6ecd8c99-4036-403d-bf84-cf8400f67836', 9007199254740993, 1.10, 0.1, true,
            '{{"a": [1, null]}}', '{{x,"y z",NULL}}', '2026-11-22 13:00:00.123456+02', '2026-11-22 13:00:00',
            '2026-11-22', '\\xdeadbeef', 'glad', '[1,5)', NULL, 'infinity', 'NaN', '1010', 4000000000)
        """
    )

    (data,) = await listener.heard(1)
    assert [column["name"] for column in data["columns"]] == list(data["record"])
    assert data["record"] == {
        "id": "6ecd8c99-4036-403d-bf84-cf8400f67836",
        "big": 9007199254740993,
        "exact": 1.1,
        "real": 0.1,
        "yes": True,
        "doc": {"a": [1, None]},
        "list": ["x", "y z", None],
        "at": "2026-11-22T11:00:00.123456+00:00",
        "local": "2026-11-22T13:00:00",
        "day": "2026-11-22",
        "raw": "deadbeef",
        "mood": "glad",
        "span": "[1,5)",
        "nothing": None,
        "long_ago": "infinity",
        "nan": "NaN",
        "flags": "1010",
        "ref": "4000000000",
        "twice": 3002399751580331,
    }


async def test_filters_let_through_only_matching_rows(listen, note, sql):
    bearer = member("a")
    filters = {
        "size=eq.9": [9],
        "size=neq.9": [10, 20],
        "size=lt.10": [9],
        "size=lte.10.0": [9, 10],
        "size=gt.9": [10, 20],
        "size=gte.20": [20],
        "size=in.(9, 20)": [9, 20],
        "size=gt.9,body=eq.x": [10],
        'body=in.("x","a,b")': [10, 20],
        "body=lt.b": [20],
    }
    listeners = {where: await listen(note, bearer, where=where) for where in filters}
    everything = await listen(note, bearer)

    values = "(9, 'a', 'other', 9), (10, 'a', 'x', 10), (20, 'a', 'a,b', 20), (30, 'a', NULL, NULL)"
    await sql.execute(f"INSERT INTO {note} VALUES {values}")

    await everything.heard(4)
    heard = {where: [data["record"]["id"] for data in listener.data] for where, listener in listeners.items()}
    assert heard == filters


async def test_one_kind_of_change_can_be_asked_for(listen, note, sql):
    bearer = member("a")
    inserts, deletes, everything = [await listen(note, bearer, event=event) for event in ("INSERT", "DELETE", "*")]

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a'); UPDATE {note} SET body = 'b'")
    await everything.heard(2)
    await sql.execute(f"DELETE FROM {note}")

    await everything.heard(3)
    assert [data["type"] for data in inserts.data] == ["INSERT"]
    assert [data["type"] for data in deletes.data] == ["DELETE"]


async def test_organizations_hear_only_of_their_own_rows(listen, note, sql):
    first, second, stranger, service = [
        await listen(note, bearer) for bearer in (member("a"), member("b"), token("anon"), token("service_role"))
    ]

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a'), (2, 'b'), (3, 'a')")
    await sql.execute(f"UPDATE {note} SET org_id = 'b' WHERE id = 3")
    await sql.execute(f"INSERT INTO {note} VALUES (4, 'a'), (5, 'b')")

    await service.heard(6)
    await until(lambda: len(first.data) >= 2 and len(second.data) >= 3, within_s=5)
    # Row 3 may have moved before its insert was looked at: then only its new organization hears of it.
    assert {data["record"]["id"] for data in first.data} - {3} == {1, 4}
    assert [data["record"]["id"] for data in second.data if data["type"] == "UPDATE"] == [3]
    assert {data["record"]["id"] for data in second.data} == {2, 3, 5}
    assert stranger.data == []


async def test_columns_that_a_role_may_not_read_are_absent(listen, sql):
    table = f"partly_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {table} (id int PRIMARY KEY, shown text, hidden text);
        GRANT SELECT (id, shown) ON {table} TO authenticated;
        GRANT SELECT ON {table} TO service_role;
        ALTER TABLE {table} REPLICA IDENTITY FULL;
        ALTER PUBLICATION supabase_realtime ADD TABLE {table};
        """
    )
    user, service = await listen(table, member("a")), await listen(table, token("service_role"))

    await sql.execute(f"INSERT INTO {table} VALUES (1, 's', 'secret'); UPDATE {table} SET shown = 't'")

    await service.heard(2)
    _, updated = await user.heard(2)
    assert updated["record"] == {"id": 1, "shown": "t"}
    assert updated["old_record"] == {"id": 1, "shown": "s"}
    assert [column["name"] for column in updated["columns"]] == ["id", "shown"]
    assert service.data[0]["record"]["hidden"] == "secret"
    assert "secret" not in json.dumps(user.events)


async def test_a_grant_taken_back_counts_from_the_next_change(listen, sql):
    table = f"granted_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {table} (id int PRIMARY KEY, body text);
        GRANT SELECT ON {table} TO authenticated;
        ALTER PUBLICATION supabase_realtime ADD TABLE {table};
        """
    )
    listener = await listen(table, member("a"))
    await sql.execute(f"INSERT INTO {table} VALUES (1, 'open')")
    await listener.heard(1)

    await sql.execute(f"REVOKE SELECT ON {table} FROM authenticated; GRANT SELECT (id) ON {table} TO authenticated")
    await sql.execute(f"INSERT INTO {table} VALUES (2, 'closed')")

    _, second = await listener.heard(2)
    assert second["record"] == {"id": 2}


async def test_a_row_that_is_gone_before_it_could_be_checked_is_announced_by_its_deletion_only(listen, note, sql):
    listener = await listen(note, member("a"))

    async with sql.transaction():
        await sql.execute(f"INSERT INTO {note} VALUES (1, 'a')")
        await sql.execute(f"DELETE FROM {note}")
    await sql.execute(f"INSERT INTO {note} VALUES (2, 'a')")

    await listener.heard(2)
    assert [(data["type"], data.get("old_record", data.get("record"))["id"]) for data in listener.data] == [
        ("DELETE", 1),
        ("INSERT", 2),
    ]


async def test_five_hundred_updates_arrive_once_each_and_in_order(listen, note, sql):
    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', '0', 0)")
    listeners = [await listen(note, bearer) for bearer in (member("a"), member("a"), member("b"))]

    for number in range(1, 501):
        await sql.execute(f"UPDATE {note} SET size = $1 WHERE id = 1", number)

    for listener in listeners[:2]:
        await listener.heard(500, within_s=30)
        assert [data["record"]["size"] for data in listener.data] == list(range(1, 501))
    assert listeners[2].data == []


async def test_no_commit_has_to_wait_for_the_next_one(listen, note, sql):
    listener = await listen(note, member("a"))

    for number in range(300):
        async with sql.transaction():
            await sql.execute(f"INSERT INTO {note} VALUES (-1, 'a')")
            await sql.execute(f"DELETE FROM {note} WHERE id = -1")
        await sql.execute(f"INSERT INTO {note} VALUES ($1, 'a')", number)
        await listener.heard(2 * (number + 1), within_s=1.5)


async def test_paced_commits_are_never_lost_to_the_moment_before_they_are_visible(listen, note, gateway):
    listener = await listen(note, member("a"))
    writers = [await asyncpg.connect(gateway.database_url) for _ in range(4)]

    async def write(start: int) -> None:
        for number in range(start, start + 200):
            await writers[start // 1000].execute(f"INSERT INTO {note} VALUES ($1, 'a')", number)

    await asyncio.gather(*(write(writer * 1000) for writer in range(4)))

    await listener.heard(800, within_s=30)
    assert len({data["record"]["id"] for data in listener.data}) == len(listener.data) == 800
    for writer in writers:
        await writer.close()


async def test_a_large_row_arrives_without_its_large_values_and_says_so(listen, note, sql):
    listener = await listen(note, member("a"))

    await sql.execute(f"INSERT INTO {note} VALUES (1, 'a', repeat('x', 1200000), 7)")
    await sql.execute(f"UPDATE {note} SET size = 8 WHERE id = 1")

    large, touched = await listener.heard(2)
    assert large["errors"] == ["Error 413: Payload Too Large"]
    assert large["record"] == {"id": 1, "org_id": "a", "size": 7}
    # The large value was not touched, so it is absent, not null.
    assert touched["errors"] is None
    assert touched["record"] == {"id": 1, "org_id": "a", "size": 8}


async def test_rows_with_a_key_of_several_columns_are_checked_by_all_of_them(listen, sql):
    table = f"pairs_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {table} (org_id text, number int, note text, PRIMARY KEY (org_id, number));
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON {table} USING (org_id = auth.jwt() ->> 'org_id');
        GRANT SELECT ON {table} TO authenticated;
        ALTER PUBLICATION supabase_realtime ADD TABLE {table};
        """
    )
    first, second = await listen(table, member("a")), await listen(table, member("b"))

    await sql.execute(f"INSERT INTO {table} VALUES ('a', 1), ('b', 1), ('b', 2)")

    await second.heard(2)
    assert [data["record"]["number"] for data in await first.heard(1)] == [1]
    assert [data["record"]["org_id"] for data in second.data] == ["b", "b"]


async def test_a_policy_that_fails_for_one_viewer_hides_from_that_one_only(listen, sql):
    table = f"strict_{uuid.uuid4().hex[:8]}"
    await sql.execute(
        f"""
        CREATE TABLE {table} (id int PRIMARY KEY, owner uuid);
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON {table} USING (owner = auth.uid());
        GRANT SELECT ON {table} TO authenticated;
        ALTER PUBLICATION supabase_realtime ADD TABLE {table};
        """
    )
    owner = "6ecd8c99-4036-403d-bf84-cf8400f67836"
    broken = await listen(table, token("authenticated", sub="not a uuid"))
    good = await listen(table, token("authenticated", sub=owner))

    await sql.execute(f"INSERT INTO {table} VALUES (1, '{owner}')")

    assert [data["record"]["id"] for data in await good.heard(1)] == [1]
    assert broken.data == []
