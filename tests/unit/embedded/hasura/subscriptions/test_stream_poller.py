"""Streams with a Postgres of the test's own: positions, and readers that are not ready."""

from typing import Any

from embedded.hasura.settings import Polling
from embedded.hasura.subscriptions.answer import AnswerShape
from embedded.hasura.subscriptions.streams import StreamPoller
from tests.support.waiting import until
from tests.unit.embedded.hasura.subscriptions.stand_ins import NEVER, OFTEN, Keeper, Postgres, data_error, statement

SHAPE = AnswerShape(("", ""))
QUERY = statement(
    "subscription ($from: Int!) { book_stream(batch_size: 2, cursor: {initial_value: {id: $from}}) { id } }",
    **{"from": 0},
)


class Rows:
    """Rows numbered from one; a batch is the next two after a position."""

    def __init__(self, last: int) -> None:
        self.last = last

    def answer(self, wires: list[Any]) -> tuple[str | None, ...]:
        rows = list(range(int(wires[0]) + 1, self.last + 1))[:2]
        return str(rows), (str(rows[-1]) if rows else None)


def poller(postgres: Postgres, polling: Polling = OFTEN) -> StreamPoller:
    return StreamPoller(postgres.pool, QUERY, SHAPE, polling, lambda: None)


async def test_every_row_is_sent_once_and_no_empty_batch():
    rows = Rows(5)
    postgres = Postgres(rows.answer)
    stream, keeper = poller(postgres), Keeper()
    stream.add(["0", "2"], keeper)
    await until(lambda: len(keeper.taken) == 3, within_s=2)
    asked = len(postgres.batches)
    await until(lambda: len(postgres.batches) > asked + 3, within_s=2)

    rows.last = 6
    await until(lambda: len(keeper.taken) == 4, within_s=2)

    assert keeper.taken == ["[1, 2]", "[3, 4]", "[5]", "[6]"]
    await stream.close()


async def test_those_at_one_position_are_asked_for_together_and_others_apart():
    postgres = Postgres(Rows(4).answer)
    stream = poller(postgres)
    keepers = [Keeper() for _ in range(4)]
    for keeper, start in zip(keepers, ("0", "0", "2", "4"), strict=True):
        stream.add([start, "2"], keeper)

    await until(lambda: len(keepers[0].taken) == 2, within_s=2)

    assert [keeper.taken for keeper in keepers] == [["[1, 2]", "[3, 4]"], ["[1, 2]", "[3, 4]"], ["[3, 4]"], []]
    assert postgres.batches[0] == 3
    await until(lambda: postgres.batches[-1] == 1, within_s=2)
    await stream.close()


async def test_a_reader_that_is_not_ready_keeps_its_position():
    stream, quick, slow = poller(Postgres(Rows(4).answer)), Keeper(), Keeper()
    slow.reads = False
    for keeper in (quick, slow):
        stream.add(["0", "2"], keeper)
    await until(lambda: len(quick.taken) == 2, within_s=2)
    assert slow.taken == []

    slow.reads = True

    await until(lambda: len(slow.taken) == 2, within_s=2)
    assert slow.taken == quick.taken
    await stream.close()


async def test_a_stream_may_be_entered_where_it_was_left():
    postgres = Postgres(Rows(6).answer)
    stream, keeper, again = poller(postgres, NEVER), Keeper(), Keeper()
    place = stream.add(["0", "2"], keeper)
    await until(lambda: keeper.taken == ["[1, 2]"], within_s=2)
    place.leave()

    other = poller(postgres, NEVER)
    other.add(["0", "2"], again, place.position())

    await until(lambda: again.taken, within_s=2)
    assert again.taken == ["[3, 4]"]
    await other.close()


async def test_a_wrong_start_ends_its_reader_and_no_other():
    def answer(wires: list[Any]) -> tuple[str | None, ...]:
        if wires[0] == "x":
            raise data_error("no number")
        return Rows(1).answer(wires)

    stream, good, wrong = poller(Postgres(answer)), Keeper(), Keeper()
    stream.add(["x", "2"], wrong)
    stream.add(["0", "2"], good)

    await until(lambda: good.taken and wrong.ended, within_s=2)

    assert (wrong.ended, wrong.errors, good.taken) == (["no number"], [], ["[1]"])
    await stream.close()


async def test_an_error_later_on_is_told_and_the_stream_goes_on():
    rows, broken = Rows(2), False

    def answer(wires: list[Any]) -> tuple[str | None, ...]:
        if broken:
            raise data_error("for a while")
        return rows.answer(wires)

    stream, keeper = poller(Postgres(answer)), Keeper()
    stream.add(["0", "2"], keeper)
    await until(lambda: keeper.taken, within_s=2)
    broken = True
    await until(lambda: keeper.errors, within_s=2)
    rows.last, broken = 4, False

    await until(lambda: len(keeper.taken) == 2, within_s=2)

    assert (keeper.taken, keeper.ended) == (["[1, 2]", "[3, 4]"], [])
    await stream.close()
