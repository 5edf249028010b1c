"""The states of things and the moves between them. The database holds the same moves and refuses any other."""

from enum import StrEnum


class OrganizationState(StrEnum):
    """Whether work can launch in an organization."""

    ONBOARDING = "onboarding"
    ACTIVE = "active"


class Phase(StrEnum):
    """Where a harness stands on its path."""

    QUEUED = "queued"
    LAUNCHING = "launching"
    RUNNING = "running"
    AWAITING_RECOVERY = "awaiting_recovery"
    PROPOSING = "proposing"
    AWAITING_DECISION = "awaiting_decision"
    APPLYING = "applying"
    PROVING = "proving"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing can follow."""
        return self in (Phase.SUCCEEDED, Phase.FAILED, Phase.CANCELLED)


class CheckState(StrEnum):
    """How an onboarding check went."""

    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    APPLIED = "applied"
    FAILED = "failed"


class ExecutionState(StrEnum):
    """How an attempt to carry out an effect went."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class CommandState(StrEnum):
    """Where a row of the queue stands; `recorded` asked for no heavy work."""

    RECORDED = "recorded"
    QUEUED = "queued"
    LEASED = "leased"
    DISPATCHED = "dispatched"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RecoveryState(StrEnum):
    """Where a recovery case stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    ABANDONED = "abandoned"


TRANSITIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "organization": {"onboarding": ("active",), "active": ("onboarding",)},
    "endpoint": {"active": ("retired",)},
    "runtime_asset": {"active": ("retired",)},
    "work": {"open": ("retired",)},
    "command": {
        "queued": ("leased", "running"),
        "leased": ("queued", "dispatched", "running"),
        "dispatched": ("queued", "running"),
        "running": ("done", "failed"),
    },
    "proposal": {"submitted": ("approved", "rejected", "withdrawn"), "approved": ("applied", "failed")},
    "execution": {"running": ("succeeded", "failed")},
    "recovery_case": {"open": ("resolved", "abandoned")},
    "harness": {
        "queued": ("launching", "failed", "cancelled"),
        "launching": ("running", "awaiting_recovery", "failed", "cancelled"),
        "running": ("awaiting_recovery", "proposing", "succeeded", "failed", "cancelled"),
        "awaiting_recovery": ("running", "failed", "cancelled"),
        "proposing": ("awaiting_decision", "succeeded", "failed"),
        "awaiting_decision": ("applying", "cancelled", "failed"),
        "applying": ("proving", "failed"),
        "proving": ("succeeded", "failed"),
    },
}

# Which database role brings a thing into a state. What is not listed is held by grants: one role alone may write it.
MOVERS: dict[str, dict[str, str]] = {
    "command": {
        **dict.fromkeys(("queued", "leased", "dispatched"), "fo_dispatcher"),
        **dict.fromkeys(("running", "done", "failed"), "fo_worker"),
    },
    "proposal": {
        **dict.fromkeys(("approved", "rejected", "withdrawn"), "fo_api"),
        **dict.fromkeys(("applied", "failed"), "fo_worker"),
    },
    "recovery_case": {"resolved": "fo_api", "abandoned": "fo_worker"},
    "harness": {
        **dict.fromkeys(("applying", "cancelled"), "fo_api"),
        **dict.fromkeys(("launching", "running", "awaiting_recovery", "proposing", "awaiting_decision"), "fo_worker"),
        **dict.fromkeys(("proving", "succeeded", "failed"), "fo_worker"),
    },
}
