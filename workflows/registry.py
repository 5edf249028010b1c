"""Every workflow, and the activities of each queue."""

from collections.abc import Callable, Sequence
from typing import Any

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from ledger.pool import Pool
from workflows.activities.calls import Calls
from workflows.activities.checks import Checks
from workflows.activities.effects import Effects
from workflows.activities.harness import Harness
from workflows.activities.onboarding import Onboarding
from workflows.activities.outside import Drivers
from workflows.activities.projections import Projections
from workflows.activities.proofs import Proofs
from workflows.activities.proposals import Proposals
from workflows.activities.recovery import Recovery
from workflows.activities.secrets import Secrets
from workflows.activities.work import Workbench
from workflows.onboarding import CheckOnboarding
from workflows.projections import RepairProjection
from workflows.proposals import ApplyProposal
from workflows.recovery import HandOnAnswer
from workflows.secrets import KeepSecretValue
from workflows.work import RunWork

WORKFLOWS: Sequence[type] = (CheckOnboarding, RunWork, ApplyProposal, RepairProjection, HandOnAnswer, KeepSecretValue)

# Workflow code is loaded anew for each run, to keep runs apart; these modules hold nothing that a run could change.
_PASSED_THROUGH = ("contracts", "projections", "ledger", "runtime", "workflows", "pydantic", "pydantic_core", "asyncpg",
                  "aiosql", "daytona", "httpx", "cryptography", "securesystemslib", "hvac", "rfc8785")  # fmt: skip


def workflow_runner() -> SandboxedWorkflowRunner:
    """What runs workflow code, in the worker and wherever a recorded history is replayed."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*_PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions)


def control_activities(pool: Pool) -> list[Callable[..., Any]]:
    """The activities of queue `control`: rows in Postgres and nothing else."""
    harness, onboarding, proposals = Harness(pool), Onboarding(pool), Proposals(pool)
    projections, recovery = Projections(pool), Recovery(pool)
    return [
        *(harness.claim, harness.launch, harness.step, harness.end),
        *(onboarding.checks, onboarding.record, onboarding.conclude),
        *(proposals.submit, proposals.submit_call, proposals.start, proposals.recheck, proposals.conclude),
        *(projections.start, projections.repair, projections.conclude),
        *(recovery.open, recovery.take_up, recovery.handed_on),
    ]


def runtime_activities(drivers: Drivers) -> list[Callable[..., Any]]:
    """The activities of queue `runtime`: everything that reaches outside."""
    checks, workbench, effects, proofs = Checks(drivers), Workbench(drivers), Effects(drivers), Proofs(drivers)
    calls, secrets = Calls(drivers), Secrets(drivers)
    return [
        checks.look,
        *(workbench.checkout, workbench.run, workbench.difference, workbench.put_away),
        *(effects.prepare, effects.verify, effects.push, effects.find_pushed),
        *(calls.look, calls.send, calls.find_out),
        *(proofs.record, proofs.record_repair),
        secrets.keep,
    ]
