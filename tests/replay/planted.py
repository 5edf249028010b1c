"""Workflows that were changed as they must not be, and one as it may be; what replays them must tell the difference."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.queue import Queued
    from workflows import policies
    from workflows.activities.harness import Harness, News
    from workflows.activities.onboarding import Onboarding
    from workflows.onboarding import CheckOnboarding
    from workflows.steps import step


@workflow.defn(name="onboarding.check")
class AddedStep(CheckOnboarding):
    """Says something more before the story begins."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """The story, after a step that no recorded run took."""
        news = News(queued=queued, step="early", headline="Early.", done=0)
        await step(Harness.step, news, policies.LEDGER)
        await super().run(queued)


@workflow.defn(name="onboarding.check")
class AddedStepAtTheEnd(CheckOnboarding):
    """Says something more after the story ended."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """The story, and a step that no recorded run took."""
        await super().run(queued)
        await step(Harness.step, News(queued=queued, step="late", headline="Late.", done=0), policies.LEDGER)


@workflow.defn(name="onboarding.check")
class ReorderedSteps(CheckOnboarding):
    """Reads the checks before it launches."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """The story with two steps in another order."""
        if await step(Harness.claim, queued, policies.LEDGER):
            await step(Onboarding.checks, queued, policies.LEDGER)
            await step(Harness.launch, queued, policies.LEDGER)


@workflow.defn(name="onboarding.check")
class RemovedStep(CheckOnboarding):
    """Does not launch."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """The story without a step that recorded runs took."""
        if await step(Harness.claim, queued, policies.LEDGER):
            await self._check_without_launch(queued)

    async def _check_without_launch(self, queued: Queued) -> None:
        await step(Onboarding.checks, queued, policies.LEDGER)


@workflow.defn(name="onboarding.check")
class PatchedStep(CheckOnboarding):
    """Says something more, in runs that begin after the change."""

    @workflow.run
    async def run(self, queued: Queued) -> None:
        """The story, after a step that only new runs take."""
        if workflow.patched("an-early-word"):
            news = News(queued=queued, step="early", headline="Early.", done=0)
            await step(Harness.step, news, policies.LEDGER)
        await super().run(queued)
