"""Calls of endpoints: looked at and proposed, and once approved sent, or found out whether they were."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from contracts.queue import Queued
    from workflows import policies
    from workflows.activities.calls import Calls
    from workflows.activities.harness import Harness, News
    from workflows.activities.proposals import Carried, Effect, Proposals
    from workflows.recovery import Attempt
    from workflows.steps import failure, step, surely


async def propose(queued: Queued, attempt: Attempt) -> None:
    """Look at the endpoint and propose the call that the work asks for; repeated after each answer that mends it.

    Raises:
        ActivityError: if a step gives up.
    """
    headline = "The endpoint is being looked at."
    news = News(queued=queued, step="look", headline=headline, done=1, round=attempt.round)
    await step(Harness.step, news, policies.LEDGER)
    await step(Calls.look, queued, policies.EFFECT)
    await step(Proposals.submit_call, queued, policies.LEDGER)


async def carry_out(carried: Carried) -> Effect:
    """How sending an approved call went; if its step was lost, what is known of it, however long that takes."""
    try:
        await step(Proposals.recheck, carried, policies.LEDGER)
        news = News(queued=carried.queued, step="call", headline="The approved call is being sent.", done=6)
        await step(Harness.step, news, policies.LEDGER)
        sent = await step(Calls.send, carried, policies.EFFECT)
    except ActivityError as error:
        failed = failure(error)
        found = await surely(Calls.find_out, carried, policies.EFFECT)
        if found is None:
            return Effect(carried=carried, code=failed.code, reason=failed.reason)
        sent = found
    return Effect(carried=carried, status=sent.status, code=sent.code, reason=sent.reason)
