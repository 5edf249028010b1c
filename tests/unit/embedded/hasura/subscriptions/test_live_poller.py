"""Live queries with a Postgres of the test's own: who is asked for when, and what is pushed."""

import asyncio

from embedded.hasura.settings import Polling
from embedded.hasura.subscriptions.answer import AnswerShape
from embedded.hasura.subscriptions.live import LivePoller
from tests.support.waiting import until
from tests.unit.embedded.hasura.subscriptions.stand_ins import (
    NEVER,
    OFTEN,
    Keeper,
    Postgres,
    data_error,
    lost_table,
    statement,
)

SHAPE = AnswerShape(("", ""))
QUERY = statement("subscription ($n: Int!) { book(where: {id: {_eq: $n}}) { id } }", n=1)


def poller(postgres: Postgres, polling: Polling = NEVER) -> LivePoller:
    return LivePoller(postgres.pool, QUERY, SHAPE, polling, lambda: None)


async def test_who_comes_together_is_asked_for_together():
    postgres = Postgres(lambda wires: (f"[{wires[0]}]",))
    live = poller(postgres)
    keepers = [Keeper() for _ in range(7)]

    for n, keeper in enumerate(keepers):
        live.add([str(n)], keeper)
    await until(lambda: all(keeper.taken for keeper in keepers), within_s=2)

    assert [keeper.taken for keeper in keepers] == [[f"[{n}]"] for n in range(7)]
    assert postgres.batches == [3, 3, 1]
    await live.close()


async def test_the_same_parameters_are_asked_for_once():
    postgres = Postgres(lambda wires: (f"[{wires[0]}]",))
    live = poller(postgres)
    keepers = [Keeper() for _ in range(5)]

    for keeper in keepers:
        live.add(["1"], keeper)
    await until(lambda: all(keeper.taken for keeper in keepers), within_s=2)

    assert postgres.batches == [1]
    await live.close()


async def test_only_what_changed_is_pushed():
    answers = {"1": "a", "2": "b"}
    postgres = Postgres(lambda wires: (answers[wires[0]],))
    live = poller(postgres, OFTEN)
    first, second = Keeper(), Keeper()
    live.add(["1"], first)
    live.add(["2"], second)
    await until(lambda: first.taken and second.taken, within_s=2)

    answers["2"] = "c"
    await until(lambda: len(second.taken) > 1, within_s=2)
    polled = len(postgres.batches)
    await until(lambda: len(postgres.batches) > polled + 5, within_s=2)

    assert (first.taken, second.taken) == (["a"], ["b", "c"])
    await live.close()


async def test_who_joins_while_postgres_works_gets_no_answer_from_before():
    now = "old"
    postgres = Postgres(lambda _wires: (now,))
    live = poller(postgres)
    early, late = Keeper(), Keeper()
    live.add(["1"], early)
    postgres.gate.clear()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    live.add(["1"], late)
    now = "new"
    postgres.gate.set()

    await until(lambda: early.taken and late.taken, within_s=2)

    assert late.taken == ["new"]
    await live.close()


async def test_the_error_of_one_is_not_the_error_of_all():
    bad = {"2"}

    def answer(wires: list) -> tuple[str]:
        if wires[0] in bad:
            raise data_error("division by zero")
        return (f"[{wires[0]}]",)

    postgres = Postgres(answer)
    live = poller(postgres, OFTEN)
    keepers = {n: Keeper() for n in "123"}
    bad.clear()
    for n, keeper in keepers.items():
        live.add([n], keeper)
    await until(lambda: all(keeper.taken for keeper in keepers.values()), within_s=2)

    bad.add("2")
    await until(lambda: len(keepers["2"].errors) > 2, within_s=2)
    asked = len(postgres.batches)
    await until(lambda: len(postgres.batches) > asked + 6, within_s=2)
    bad.clear()
    await until(lambda: len(keepers["2"].taken) == 2, within_s=2)

    assert keepers["2"].taken == ["[2]", "[2]"]
    assert [keepers[n].errors for n in "13"] == [[], []]
    # Once it is known who fails, the others are asked for together and that one alone.
    assert set(postgres.batches[asked : asked + 6]) == {2, 1}
    await live.close()


async def test_wrong_parameters_end_a_newcomer_and_only_it():
    def answer(wires: list) -> tuple[str]:
        if wires[0] == "x":
            raise data_error("no number")
        return ("ok",)

    postgres = Postgres(answer)
    live = poller(postgres)
    good, wrong = Keeper(), Keeper()
    live.add(["1"], good)
    live.add(["x"], wrong)

    await until(lambda: good.taken and wrong.ended, within_s=2)

    assert (wrong.ended, wrong.errors, good.errors) == (["no number"], [], [])
    assert postgres.checks == 1
    await live.close()


async def test_an_error_that_is_nobodys_own_is_not_looked_for_one_by_one():
    def answer(_wires: list) -> tuple[str]:
        raise lost_table()

    postgres = Postgres(answer)
    live = poller(postgres)
    keepers = [Keeper() for _ in range(3)]
    for n, keeper in enumerate(keepers):
        live.add([str(n)], keeper)

    await until(lambda: all(keeper.ended for keeper in keepers), within_s=2)

    assert postgres.batches == [3]
    await live.close()


async def test_who_left_hears_nothing_and_the_last_one_ends_the_poller():
    now = "a"
    ended: list[bool] = []
    postgres = Postgres(lambda _wires: (now,))
    live = LivePoller(postgres.pool, QUERY, SHAPE, OFTEN, lambda: ended.append(True))
    staying, leaving = Keeper(), Keeper()
    stay, leave = live.add(["1"], staying), live.add(["1"], leaving)
    await until(lambda: staying.taken and leaving.taken, within_s=2)

    leave.leave()
    now = "b"
    await until(lambda: len(staying.taken) == 2, within_s=2)
    stay.leave()
    stay.leave()

    assert (leaving.taken, ended, live.wanted()) == (["a"], [True], False)
    await live.close()
    asked = len(postgres.batches)
    await asyncio.sleep(0.02)
    assert len(postgres.batches) == asked
