"""The ledger's side of onboarding: which checks there are, how each went, and whether all passed."""

from dataclasses import dataclass
from uuid import UUID

from temporalio import activity

from contracts.base import Contract, Shown
from contracts.onboarding import OnboardingCheckFinished, OrganizationActivated, SubjectKind
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.secrets import SecretStatus
from contracts.states import CheckState, OrganizationState
from ledger import endpoints, harness, organizations, secrets
from ledger.pool import Pool, Tx, transaction
from workflows.activities.edge import told
from workflows.activities.harness import Ending, end, tell


class Asked(Contract):
    """One thing to check."""

    queued: Queued
    check_id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    subject_name: str


class Seen(Contract):
    """What a check saw; `remedy` says what to mend when it did not pass."""

    passed: bool
    detail: Shown
    remedy: str | None = None
    latency_ms: int | None = None
    secret_status: SecretStatus | None = None
    probed_as: str = "execution runtime"


class Finished(Contract):
    """A check with what it saw; `done` counts the finished ones, this one included."""

    asked: Asked
    seen: Seen
    done: int


class Checked(Contract):
    """Every check of one harness, finished."""

    queued: Queued
    finished: tuple[Finished, ...]


@dataclass(frozen=True)
class Onboarding:
    """Ledger activities of onboarding."""

    pool: Pool

    @activity.defn(name="onboarding.checks")
    @told
    async def checks(self, queued: Queued) -> list[Asked]:
        """Every check that this harness was asked for, in the order in which they are run."""
        async with transaction(self.pool) as tx:
            found = await organizations.checks(tx, queued.org_id, queued.harness_id)
        return [
            Asked(
                queued=queued,
                check_id=check.id,
                subject_kind=check.subject_kind,
                subject_id=check.subject_id,
                subject_name=check.subject_name,
            )
            for check in found
        ]

    @activity.defn(name="onboarding.record")
    @told
    async def record(self, finished: Finished) -> None:
        """Tell how a check went, and keep it unless a later harness runs it anew; repeating changes nothing."""
        asked, seen = finished.asked, finished.seen
        org_id = asked.queued.org_id
        state = CheckState.PASSED if seen.passed else CheckState.FAILED
        async with transaction(self.pool) as tx:
            kept = await organizations.record_check(
                tx,
                org_id,
                asked.check_id,
                harness_id=asked.queued.harness_id,
                state=state,
                detail=seen.detail,
                remedy=seen.remedy,
            )
            if kept:
                await _record_subject(tx, asked, seen)
            event = OnboardingCheckFinished(
                check_id=asked.check_id,
                subject_kind=asked.subject_kind,
                subject_name=asked.subject_name,
                state=state,
                detail=seen.detail,
                remedy=seen.remedy,
                done=finished.done,
            )
            await tell(tx, asked.queued, event, f"checked/{asked.check_id}")

    @activity.defn(name="onboarding.conclude")
    @told
    async def conclude(self, checked: Checked) -> None:
        """End the harness, and activate the organization if every check has passed.

        How this harness ends is what it saw itself. How the organization stands is what was seen last of each check:
        while some have not passed it stays as it is, and whichever harness sees the last one pass activates it.
        """
        queued, total = checked.queued, len(checked.finished)
        failed = [one for one in checked.finished if not one.seen.passed]
        async with transaction(self.pool) as tx:
            if (await harness.phase(tx, queued.org_id, queued.harness_id)).final:
                return
            open_ = await organizations.not_passed(tx, queued.org_id)
            if failed:
                if any(open_.get(one.asked.check_id) is CheckState.FAILED for one in failed):
                    await organizations.set_state(tx, queued.org_id, OrganizationState.ONBOARDING)
                await end(tx, _failed_ending(queued, failed, total))
                return
            if open_:
                await end(tx, Ending(queued=queued, headline=_passed_but(total, len(open_))))
                return
            await organizations.set_state(tx, queued.org_id, OrganizationState.ACTIVE)
            subject = f"organization/{queued.org_id}"
            await tell(tx, queued, OrganizationActivated(checks_passed=total), "activated", subject=subject)
            await end(tx, Ending(queued=queued, headline=f"Active: {total} of {total} checks passed."))


def _passed_but(total: int, others: int) -> str:
    still = "1 other check has" if others == 1 else f"{others} other checks have"
    return f"{total} of {total} checks passed; {still} not passed yet."


def _failed_ending(queued: Queued, failed: list[Finished], total: int) -> Ending:
    names = ", ".join(one.asked.subject_name for one in failed)
    return Ending(
        queued=queued,
        headline=f"{len(failed)} of {total} checks failed: {names}.",
        code=Code.CHECKS_FAILED,
        remedy=" ".join(one.seen.remedy for one in failed if one.seen.remedy) or None,
    )


async def _record_subject(tx: Tx, asked: Asked, seen: Seen) -> None:
    org_id = asked.queued.org_id
    if asked.subject_kind == "secret_contract" and seen.secret_status is not None:
        await secrets.record_probe(
            tx, org_id, asked.subject_id, status=seen.secret_status, detail=seen.detail, probed_as=seen.probed_as
        )
    if asked.subject_kind == "endpoint":
        endpoint = await endpoints.find(tx, org_id, asked.subject_id)
        await endpoints.record_readiness(
            tx, org_id, endpoint, ready=seen.passed, detail=seen.detail, latency_ms=seen.latency_ms
        )
