"""A far end that keeps what it is given, and a Postgres that answers from a function."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any, cast

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.settings import Polling
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.pool import PollPool
from tests.unit.embedded.hasura.world import compiled

# Long enough that only what must happen at once happens in a test, or short enough that everything does.
NEVER = Polling(interval_ms=3_600_000, batch_max=3)
OFTEN = Polling(interval_ms=5, batch_max=3)


class Keeper:
    """A sink."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.errors: list[str] = []
        self.ended: list[str] = []
        self.reads = True

    def ready(self) -> bool:
        return self.reads

    def data(self, data: str) -> None:
        self.taken.append(data)

    def failed(self, error: EngineError) -> None:
        self.errors.append(error.message)

    def refused(self, error: EngineError) -> None:
        self.ended.append(error.message)


class Postgres:
    """Answers each row of a batch by `answer`, which is given the parameters of the row."""

    def __init__(self, answer: Callable[[list[Any]], tuple[str | None, ...]]) -> None:
        self.answer = answer
        self.batches: list[int] = []
        self.checks = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        await self.gate.wait()
        if "unnest" not in sql:
            self.checks += 1
            return [self.answer(list(arguments))]
        ids, variables = arguments
        self.batches.append(len(ids))
        return [(one, *self.answer(json.loads(text))) for one, text in zip(ids, variables, strict=True)]

    async def close(self) -> None:
        self.gate.set()

    @property
    def pool(self) -> PollPool:
        return cast("PollPool", self)


def statement(query: str, **variables: object) -> Multiplexed:
    made = compiled(query, "admin", variables).multiplexed
    assert made is not None
    return made


def data_error(message: str) -> asyncpg.PostgresError:
    return _of_state("22P02", message)


def lost_table() -> asyncpg.PostgresError:
    return _of_state("42P01", "no such table")


def _of_state(state: str, message: str) -> asyncpg.PostgresError:
    return asyncpg.PostgresError.new({"C": state, "M": message, "S": "ERROR"})
