"""The edge between activities and Temporal: refusals become typed failures, long steps show signs of life."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from temporalio import activity
from temporalio.exceptions import ApplicationError

from contracts.base import shown
from contracts.queue import Queued
from contracts.refusals import Code, Refusal
from contracts.states import Phase
from ledger import harness
from ledger.pool import Pool, connection
from runtime.failures import Failure
from workflows.policies import HEARTBEAT_INTERVAL_S

Gives = TypeVar("Gives")

FAULT_TRIES_MAX = 8

# Who cancels a harness sees its command stopped within a few seconds.
LOOK_INTERVAL_S = 1.0
FAULT = "A step failed for a reason of ours; the log of the process says which."


def told(act: Callable[..., Awaitable[Gives]]) -> Callable[..., Awaitable[Gives]]:
    """The activity, whose refusals and failures reach the workflow with their code; only those worth it are retried."""

    @functools.wraps(act)
    async def telling(*given: Any) -> Gives:
        try:
            return await act(*given)
        except (Refusal, Failure) as error:
            code = error.code if error.code in Code.__members__ else Code.SANDBOX_FAILED
            raise ApplicationError(shown(error.message), type=str(code), non_retryable=not error.retry) from error
        except Exception as error:
            # A fault of ours may pass, as when a process is replaced; one that stays must not be tried for ever.
            if activity.info().attempt < FAULT_TRIES_MAX:
                raise
            raise ApplicationError(FAULT, type=str(Code.INTERNAL), non_retryable=True) from error

    return telling


@asynccontextmanager
async def alive_until_cancelled(pool: Pool, queued: Queued) -> AsyncGenerator[None]:
    """Signs of life for as long as the step takes; the step is broken off once its harness is cancelled.

    Raises:
        Failure: CANCELLED.
    """
    step, seen = asyncio.current_task(), False

    async def look() -> None:
        nonlocal seen
        while True:
            if await _is_cancelled(pool, queued):
                break
            await asyncio.sleep(LOOK_INTERVAL_S)
        seen = True
        if step is not None:
            step.cancel()

    looking = asyncio.create_task(look())
    try:
        async with alive():
            yield
    except asyncio.CancelledError:
        if not seen or step is None:
            raise
        step.uncancel()
        raise Failure(Code.CANCELLED, "The harness was cancelled.") from None
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


async def _is_cancelled(pool: Pool, queued: Queued) -> bool:
    try:
        async with connection(pool) as one:
            return await harness.seen(one, queued.org_id, queued.harness_id) is Phase.CANCELLED
    except Refusal:
        # The database is away for a moment; the next look tells.
        return False


@asynccontextmanager
async def alive() -> AsyncGenerator[None]:
    """Signs of life to Temporal for as long as the step takes."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT_INTERVAL_S)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating
