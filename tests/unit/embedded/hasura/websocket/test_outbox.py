"""Messages that wait: their order, what replaces what, and when there is room."""

import asyncio

import pytest

from embedded.hasura.api.websocket.outbox import Outbox
from tests.support.waiting import until


async def test_messages_leave_in_order_and_a_newer_result_takes_the_place_of_the_older():
    outbox = Outbox()
    outbox.put("1")
    outbox.put_newest("live", lambda: "old", 3)
    outbox.put("2")
    outbox.put_newest("live", lambda: "new", 3)
    outbox.finish()

    assert [await outbox.take() for _ in range(4)] == ["1", "new", "2", None]


async def test_a_result_is_held_until_the_next_message_is_asked_for():
    outbox, key = Outbox(), object()
    outbox.put_newest(key, lambda: "x", 1)
    assert outbox.holds(key)

    await outbox.take()
    assert outbox.holds(key)
    outbox.finish()
    await outbox.take()

    assert not outbox.holds(key)


async def test_what_is_dropped_never_leaves():
    outbox = Outbox()
    outbox.put_newest("live", lambda: "x", 1)
    outbox.drop("live")
    outbox.drop("live")
    outbox.finish()

    assert await outbox.take() is None


async def test_nothing_is_added_after_the_end():
    outbox = Outbox()
    outbox.finish()
    outbox.put("late")

    assert await outbox.take() is None


@pytest.mark.parametrize(("count", "characters"), [(1, 1024 * 1024), (256, 1)])
async def test_there_is_room_again_once_enough_has_left(count, characters):
    outbox = Outbox()
    for _ in range(count):
        outbox.put("x" * characters)
    waiting = asyncio.create_task(outbox.room())
    await asyncio.sleep(0)
    assert not waiting.done()

    await outbox.take()

    await until(waiting.done, within_s=1)


async def test_replacing_and_dropping_give_back_the_room():
    outbox = Outbox()
    for n in range(10):
        outbox.put_newest("live", lambda: "x", 1024 * 1024 + n)
    outbox.drop("live")

    async with asyncio.timeout(1):
        await outbox.room()


async def test_who_takes_waits_for_the_next_message():
    outbox = Outbox()
    taking = asyncio.create_task(outbox.take())
    await asyncio.sleep(0)
    outbox.put("x")

    assert await taking == "x"
