"""All subscriptions together: who shares a poller, and what a change of the metadata does to them."""

import asyncio
from typing import cast

import pytest

from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError, invalid
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.settings import Settings
from embedded.hasura.subscriptions.hub import Subscriptions, Wanted
from embedded.hasura.subscriptions.pool import PollPool
from tests.support.waiting import until
from tests.unit.embedded.hasura.subscriptions.stand_ins import NEVER, Keeper, Postgres
from tests.unit.embedded.hasura.world import compiled


def hub(postgres: Postgres) -> Subscriptions:
    made = Subscriptions(Settings(database_url="", live_queries=NEVER, streaming_queries=NEVER))
    made._pool = cast("PollPool", postgres)
    return made


def wanted(query: str, role: str = "admin", user: str = "1") -> Wanted:
    made = compiled(query, role)
    return Wanted(Request(query), Identity(role, {"x-hasura-user-id": user}), lambda: made, never)


async def never() -> str:
    raise AssertionError("not asked")


async def test_subscribers_share_by_role_and_statement_but_answer_by_their_own_names():
    postgres = Postgres(lambda _wires: ("[]",))
    subscriptions = hub(postgres)
    keepers = [Keeper() for _ in range(5)]
    asked = [
        wanted("subscription { author { id } }"),
        wanted("subscription { author { id } }"),
        wanted("subscription { people: author { id } }"),
        wanted("subscription { author { id } }", "reader", "7"),
        wanted("subscription { author { id } }", "reader", "8"),
    ]

    for one, keeper in zip(asked, keepers, strict=True):
        subscriptions.add(one, keeper)
    await until(lambda: all(keeper.taken for keeper in keepers), within_s=2)

    assert sorted(postgres.batches) == [1, 1, 2]
    assert [keeper.taken[0] for keeper in keepers] == ['{"author":[]}'] * 2 + ['{"people":[]}'] + ['{"author":[]}'] * 2
    await subscriptions.close()


async def test_what_is_stopped_is_forgotten():
    subscriptions = hub(Postgres(lambda _wires: ("[]",)))
    subscription = subscriptions.add(wanted("subscription { author { id } }"), Keeper())
    assert len(subscriptions._pollers) == 1

    subscription.stop()
    subscription.stop()

    assert (len(subscriptions._pollers), len(subscriptions._places)) == (0, 0)


async def test_a_request_that_is_wrong_leaves_nothing_behind():
    subscriptions = hub(Postgres(lambda _wires: ("[]",)))
    one = wanted("subscription { author { id } }", "reader")
    without = Wanted(one.request, Identity("reader", {}), one.compile, one.answer)

    with pytest.raises(EngineError, match="missing session variables"):
        subscriptions.add(without, Keeper())

    assert (len(subscriptions._pollers), len(subscriptions._places)) == (0, 0)


async def test_after_a_change_everything_is_asked_by_what_holds_now():
    postgres = Postgres(lambda _wires: ("[]",))
    subscriptions = hub(postgres)
    kept, lost = Keeper(), Keeper()
    now = {"query": "subscription { author { id } }"}

    def compile_anew() -> Compiled:
        return compiled(now["query"])

    def refuse() -> Compiled:
        if now["query"] != "subscription { author { id } }":
            raise invalid("gone")
        return compile_anew()

    who = Identity("admin", {})
    subscriptions.add(Wanted(Request(""), who, compile_anew, never), kept)
    subscriptions.add(Wanted(Request(""), who, refuse, never), lost)
    await until(lambda: kept.taken and lost.taken, within_s=2)

    now["query"] = "subscription { book { id } }"
    subscriptions.renew()
    await until(lambda: len(kept.taken) == 2, within_s=2)

    assert kept.taken == ['{"author":[]}', '{"book":[]}']
    assert lost.ended == ["gone"]
    await subscriptions.close()


async def test_what_is_more_than_a_statement_is_asked_again_and_again():
    made = Subscriptions(Settings(database_url="", async_actions_interval_ms=1))
    answers = iter(["a", "a", EngineError("unexpected", "broken"), "a", "b"])
    keeper = Keeper()

    async def answer() -> str:
        one = next(answers, None)
        if isinstance(one, EngineError):
            raise one
        return one or await asyncio.Event().wait() or ""

    nothing_but_a_name = compiled("subscription { __typename }")
    subscription = made.add(Wanted(Request(""), Identity("admin", {}), lambda: nothing_but_a_name, answer), keeper)
    await until(lambda: keeper.taken[-1:] == ["b"], within_s=2)

    assert (keeper.taken, keeper.errors) == (["a", "a", "b"], ["broken"])
    subscription.stop()
    await made.close()
