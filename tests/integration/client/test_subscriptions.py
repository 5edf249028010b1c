"""What a subscription does when its connection, its token or the platform fails it."""

import asyncio
import socket
from typing import Any
from uuid import UUID, uuid4

import pytest

from fractalops_client import FractalOps, Refused, Retry, Unreachable
from tests.integration.client.wire import Platform, Scene, Socket, running

QUICK = Retry(attempts=4, first_delay_s=0.01, delay_max_s=0.05)
HARNESS = UUID("1f0c7f9e-3a2b-4c7d-8e5f-6a7b8c9d0e1f")
ROW = {
    **dict.fromkeys(("step", "interaction", "work_id", "proposal_id", "proposal_state", "recovery_case_id", "needs")),
    "proof_id": None,
    "finished_at": None,
    "harness_id": str(HARNESS),
    "purpose": "work",
    "title": "x",
    "headline": "x",
    "steps_done": 0,
    "steps_total": 8,
    "continuity": "fresh",
    "started_at": "2026-11-22T16:55:40.1+00:00",
    "updated_at": "2026-11-22T16:55:40+00:00",
}


def row(position: int, phase: str = "running") -> dict[str, Any]:
    return {**ROW, "last_position": position, "phase": phase}


def gives(*positions: int, then: str = "vanish", **how: Any) -> Scene:
    """A scene that gives a row for each position, and ends as said."""

    async def scene(socket: Socket) -> None:
        for position in positions:
            await socket.give({"harness_projection": [row(position)]})
        await getattr(socket, then)(**how)

    return scene


async def positions(platform: Platform, **given: Any) -> list[int]:
    async with FractalOps(platform.url, reconnect=QUICK, **given) as client:
        return [rows[0].last_position async for rows in client.follow_harness(HARNESS)]


@pytest.mark.parametrize(
    "end", [{"then": "vanish"}, {"then": "close", "code": 1012}, {"then": "close", "code": 1000}], ids=str
)
async def test_a_live_query_comes_back_after_its_connection_broke(platform: Platform, end: dict[str, Any]):
    platform.scenes = [gives(1, 2, **end), gives(2, 3, then="complete")]

    assert await positions(platform) == [1, 2, 2, 3]
    assert len(platform.subscriptions) == 2


async def test_a_stream_goes_on_behind_the_last_row(platform: Platform):
    async def first(socket: Socket) -> None:
        await socket.give({"harness_projection_stream": [row(4), row(7)]})
        await socket.vanish()

    async def second(socket: Socket) -> None:
        await socket.give({"harness_projection_stream": []})
        await socket.give({"harness_projection_stream": [row(9)]})
        await socket.vanish()

    async def third(socket: Socket) -> None:
        await socket.complete()

    platform.scenes = [first, second, third]
    async with FractalOps(platform.url, reconnect=QUICK) as client:
        given = [one.last_position async for rows in client.stream_harnesses(2, 10) for one in rows]

    assert given == [4, 7, 9]
    assert [one["variables"] for one in platform.subscriptions] == [
        {"after": 2, "batch_size": 10},
        {"after": 7, "batch_size": 10},
        {"after": 9, "batch_size": 10},
    ]


async def test_an_ended_token_is_replaced_by_a_new_one(platform: Platform):
    platform.scenes = [
        gives(1, then="close", code=4403, reason="Could not verify JWT: JWTExpired"),
        gives(2, then="close", code=4403, reason="Could not verify JWT: JWTExpired"),
        gives(3, then="complete"),
    ]
    tokens = iter(("first", "second", "third"))

    async def provider() -> str:
        return next(tokens)

    assert await positions(platform, token=provider) == [1, 2, 3]
    assert platform.tokens == ["Bearer first", "Bearer second", "Bearer third"]


async def test_a_token_may_end_again_before_there_is_anything_to_give(platform: Platform):
    over = {"then": "close", "code": 4403, "reason": "Could not verify JWT: JWTExpired"}
    platform.scenes = [gives(**over), gives(**over), gives(**over), gives(1, then="complete")]

    async def provider() -> str:
        return "token"

    assert await positions(platform, token=provider) == [1]


async def test_a_subscriber_whose_every_token_is_refused_is_refused(platform: Platform):
    platform.accepts = lambda _: False
    asked = 0

    async def provider() -> str:
        nonlocal asked
        asked += 1
        return f"bad {asked}"

    with pytest.raises(Refused, match="JWTExpired") as error:
        await positions(platform, token=provider)

    assert (error.value.code, asked) == ("invalid-jwt", 2)


async def test_a_subscriber_without_a_token_to_renew_is_refused_at_once(platform: Platform):
    platform.accepts = lambda _: False

    with pytest.raises(Refused) as error:
        await positions(platform, admin_secret="guess")

    assert error.value.code == "access-denied"
    assert len(platform.tokens) == 1


async def test_a_refused_subscription_is_not_begun_again(platform: Platform):
    platform.scenes = [gives(then="refuse", code="validation-failed")]

    with pytest.raises(Refused) as error:
        await positions(platform)

    assert error.value.code == "validation-failed"


async def test_failures_in_a_row_have_an_end(platform: Platform):
    platform.scenes = [gives(then="vanish") for _ in range(QUICK.attempts)]

    with pytest.raises(Unreachable):
        await positions(platform)

    assert platform.scenes == []


async def test_a_row_in_between_begins_the_count_anew(platform: Platform):
    platform.scenes = [gives(number, then="vanish") for number in range(1, 8)] + [gives(8, then="complete")]

    assert await positions(platform) == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_a_platform_that_comes_up_later_is_found():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    patient = Retry(attempts=500, first_delay_s=0.02, delay_max_s=0.02)

    async def first() -> int:
        async with FractalOps(f"http://127.0.0.1:{port}/graphql", reconnect=patient) as client:
            (position,) = [rows[0].last_position async for rows in client.follow_harness(HARNESS)]
            return position

    subscriber = asyncio.create_task(first())
    await asyncio.wait({subscriber}, timeout=0.1)
    async with running(port) as platform, asyncio.timeout(10):
        platform.scenes = [gives(1, then="complete")]

        assert await subscriber == 1


async def test_an_address_that_serves_no_subscriptions_is_tried_once(platform: Platform):
    elsewhere = platform.url.replace("/graphql", "/elsewhere")
    async with FractalOps(elsewhere, reconnect=QUICK) as client:
        with pytest.raises(Unreachable) as error:
            await anext(client.follow_harness(HARNESS))

    assert not error.value.may_pass_later


async def test_leaving_the_loop_ends_the_connection(platform: Platform):
    left = asyncio.Event()

    async def scene(socket: Socket) -> None:
        await socket.give({"harness_projection": [row(1)]})
        await socket.stay()
        left.set()

    platform.scenes = [scene]
    async with FractalOps(platform.url) as client:
        subscription = client.follow_harness(uuid4())
        async for _ in subscription:
            break
        await subscription.aclose()
        await asyncio.wait_for(left.wait(), 5)


async def test_a_cancelled_subscriber_leaves_no_connection(platform: Platform):
    left, begun = asyncio.Event(), asyncio.Event()

    async def scene(socket: Socket) -> None:
        begun.set()
        await socket.stay()
        left.set()

    platform.scenes = [scene]
    subscriber = asyncio.create_task(positions(platform))
    await asyncio.wait_for(begun.wait(), 5)
    subscriber.cancel()

    await asyncio.wait_for(left.wait(), 5)
