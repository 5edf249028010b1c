"""How a workflow takes a step, and what it makes of one that failed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError, is_cancelled_exception

from contracts.queue import Queued
from contracts.refusals import Code
from workflows import policies
from workflows.activities.edge import FAULT
from workflows.activities.harness import Ending, Harness
from workflows.activities.work import Workbench
from workflows.policies import Policy

Given = TypeVar("Given")
Gives = TypeVar("Gives")

# How long a step that gave up rests before it is begun anew, first and at the most; all rounds together last a week.
_REST_FIRST = timedelta(seconds=1)
_REST_MAX = timedelta(minutes=15)
_ROUNDS_MAX = 700


@dataclass(frozen=True)
class Failed:
    """Why a story ended before its end."""

    code: Code
    reason: str


async def step(activity: Callable[[Any, Given], Awaitable[Gives]], given: Given, policy: Policy) -> Gives:
    """What the activity gives, tried as the policy says.

    Raises:
        ActivityError: once the policy gives up; `failure` reads it.
    """
    return await workflow.execute_activity_method(
        activity,
        given,
        task_queue=policy.queue,
        start_to_close_timeout=policy.timeout,
        heartbeat_timeout=policy.heartbeat,
        retry_policy=policy.retry,
    )


async def surely(activity: Callable[[Any, Given], Awaitable[Gives]], given: Given, policy: Policy) -> Gives:
    """What the activity gives, however often it gives up before.

    For rows that must be written because something has happened: an effect that is had cannot be left untold. A fault
    of ours that stays keeps the story open until a mended worker takes it on.

    Raises:
        ActivityError: if it gave up for a week, or was cancelled.
    """
    rest = _REST_FIRST
    for _ in range(_ROUNDS_MAX):
        try:
            return await step(activity, given, policy)
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            workflow.logger.warning("A step that must be taken gave up and is begun anew: %s", error.cause)
        await workflow.sleep(rest)
        rest = min(rest * 2, _REST_MAX)
    return await step(activity, given, policy)


async def end_failed(queued: Queued, error: ActivityError) -> None:
    """End the command and its harness with what the failed step says."""
    failed = failure(error)
    await surely(Harness.end, Ending(queued=queued, headline=failed.reason, code=failed.code), policies.LEDGER)


def failure(error: ActivityError) -> Failed:
    """The code and the sentence of a failed step; a step that was lost says so."""
    if is_cancelled_exception(error):
        raise CancelledError from error
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type in Code.__members__:
        return Failed(Code(cause.type), cause.message)
    if isinstance(cause, ApplicationError):
        return Failed(Code.INTERNAL, FAULT)
    return Failed(Code.RUNTIME_LOST, "The execution runtime did not finish a step in time.")


def step_of(error: ActivityError) -> str:
    """The name of the step that failed, as people know it: the activity's without its feature."""
    return error.activity_type.rpartition(".")[2]


async def put_away(queued: Queued) -> None:
    """Delete the command's sandbox; if that fails it stays for the sweep, and the story goes on."""
    try:
        await step(Workbench.put_away, queued, policies.CLEAN_UP)
    except ActivityError:
        workflow.logger.warning("The sandbox of %s was left behind.", queued.command_id)
