"""Recovery cases in the ledger: opened, looked after, taken up, handed on."""

from dataclasses import dataclass

from temporalio import activity

from contracts.base import Contract, Json
from contracts.harness import StepStarted
from contracts.queue import Queued
from contracts.recovery import (
    GIVE_UP,
    KIND_OF,
    RecoveryAbandoned,
    RecoveryKind,
    RecoveryOpened,
    status_of,
    wanted,
)
from contracts.refusals import Code
from contracts.states import CommandState, Phase, RecoveryState
from ledger import harness, queue, recovery
from ledger.pool import Pool, Tx, transaction
from ledger.recovery import NewCase, RecoveryCase
from workflows.activities import harness as harness_stands
from workflows.activities.edge import told
from workflows.activities.harness import Ending, end, tell

_NOBODY = "Nobody answered in time."


class Trouble(Contract):
    """The step that a command could not take; `round` counts how often the command asked before.

    `timeout_s` is the time that an answer gave RUN, None if none did.
    """

    queued: Queued
    round: int
    timeout_s: int | None = None
    step: str
    code: Code
    reason: str


class Waiting(Contract):
    """How long a case waits for its answer."""

    expires_in_s: float


class Looked(Contract):
    """Where a case stands, and its answer once there is one."""

    state: RecoveryState
    answer: Json | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the work was not given up."""
        return self.answer is not None and self.answer["choice"] != GIVE_UP


class HandedOn(Contract):
    """A command that handed an answer on; `reason` says why it could not."""

    queued: Queued
    reason: str | None = None


@dataclass(frozen=True)
class Recovery:
    """Ledger activities of recovery cases."""

    pool: Pool

    @activity.defn(name="recovery.open")
    @told
    async def open(self, trouble: Trouble) -> Waiting:
        """Ask, and let the harness wait; repeating finds the same case."""
        queued = trouble.queued
        async with transaction(self.pool) as tx:
            await harness_stands.wanted(tx, queued)
            case = await recovery.add(tx, queued.org_id, await _case(tx, trouble))
            if case.state is RecoveryState.OPEN:
                await harness.move(tx, queued.org_id, queued.harness_id, Phase.AWAITING_RECOVERY)
                await tell(tx, queued, _opened(case, trouble), f"recovery/{case.round}/opened", subject=_subject(case))
        return Waiting(expires_in_s=max(case.expires_in_s, 0))

    @activity.defn(name="recovery.take_up")
    @told
    async def take_up(self, trouble: Trouble) -> Looked:
        """Where the case stands now; with an answer to go on the harness runs again, without one in time it ends."""
        queued = trouble.queued
        async with transaction(self.pool) as tx:
            await harness.phase(tx, queued.org_id, queued.harness_id)
            case = await recovery.of_round(tx, queued.command_id, trouble.round)
            looked = Looked(state=case.state, answer=case.answer)
            if case.state is RecoveryState.OPEN and case.expired:
                await _expire(tx, case, trouble)
                return Looked(state=RecoveryState.ABANDONED)
            if looked.goes_on and await harness.move(tx, queued.org_id, queued.harness_id, Phase.RUNNING):
                event = StepStarted(step="launch", headline="Answered; it is tried again.", done=0)
                await tell(tx, queued, event, f"recovery/{case.round}/taken_up")
        return looked

    @activity.defn(name="recovery.handed_on")
    @told
    async def handed_on(self, handed: HandedOn) -> None:
        """End the command that hands an answer on; repeating changes nothing."""
        state = CommandState.FAILED if handed.reason else CommandState.DONE
        async with transaction(self.pool) as tx:
            await queue.finish(tx, handed.queued.command_id, state=state, error=handed.reason)


async def _case(tx: Tx, trouble: Trouble) -> NewCase:
    queued, kind = trouble.queued, KIND_OF[trouble.code]
    around = await recovery.surroundings(tx, queued.org_id, queued.harness_id)
    seen = _seen(kind, trouble, around)
    return NewCase(
        harness_id=queued.harness_id,
        command_id=queued.command_id,
        round=trouble.round,
        kind=kind,
        seen=seen,
        wanted=wanted(kind, seen, timeout_max_s=around["limits"]["run_timeout_s"]),
    )


def _seen(kind: RecoveryKind, trouble: Trouble, around: Json) -> Json:
    """What is known of the trouble, as the contract of its kind has it."""
    own = {"code": trouble.code, "says": trouble.reason, "step": trouble.step}
    endpoint = {name: around[name] for name in ("endpoint_id", "endpoint")}
    runtime = {name: around[name] for name in ("runtime_asset_id", "runtime_asset")}
    specification: Json = around["specification"]
    match kind:
        case RecoveryKind.AUTH_WALL | RecoveryKind.ENDPOINT_UNREADY:
            return {**own, **endpoint}
        case RecoveryKind.SECRET_UNRESOLVABLE:
            secret = {name: around[name] for name in ("secret_contract_id", "secret_contract")}
            return {**own, **endpoint, **secret, "status": status_of(trouble.code)}
        case RecoveryKind.CONFLICT:
            return {**own, **endpoint, "branch": specification.get("branch")}
        case RecoveryKind.RUNTIME_LOST:
            return {**own, **runtime}
        case RecoveryKind.TIMEOUT:
            limit_s = trouble.timeout_s or min(specification["run_timeout_s"], around["limits"]["run_timeout_s"])
            return {**own, **runtime, "timeout_s": limit_s}


def _opened(case: RecoveryCase, trouble: Trouble) -> RecoveryOpened:
    return RecoveryOpened(
        recovery_case_id=case.id,
        kind=case.kind,
        code=trouble.code,
        says=case.seen["says"],
        wants=case.wanted.says,
        expires_at=case.expires_at,
    )


async def _expire(tx: Tx, case: RecoveryCase, trouble: Trouble) -> None:
    """End case, harness and command together, with the code of what nobody mended."""
    queued = trouble.queued
    await recovery.abandon(tx, queued.org_id, case.id)
    event = RecoveryAbandoned(recovery_case_id=case.id)
    await tell(tx, queued, event, f"recovery/{case.round}/abandoned", subject=_subject(case))
    await end(tx, Ending(queued=queued, headline=f"{trouble.reason} {_NOBODY}", code=trouble.code))


def _subject(case: RecoveryCase) -> str:
    return f"recovery_case/{case.id}"
