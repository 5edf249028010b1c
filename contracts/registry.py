"""What the features export, gathered: actions by name and events by type."""

from types import ModuleType

from contracts import (
    calls,
    endpoints,
    harness,
    onboarding,
    projections,
    proofs,
    proposals,
    recovery,
    runtimes,
    secrets,
    work,
)
from contracts.base import Action, EventData

FEATURES: tuple[ModuleType, ...] = (
    *(onboarding, endpoints, secrets, runtimes, work, calls, harness),
    *(proposals, proofs, projections, recovery),
)


def _gather(name: str) -> list[object]:
    return [item for feature in FEATURES for item in getattr(feature, name, ())]


ACTIONS: dict[str, Action] = {action.name: action for action in _gather("ACTIONS") if isinstance(action, Action)}
EVENTS: dict[str, type[EventData]] = {
    event.__name__: event for event in _gather("EVENTS") if isinstance(event, type) and issubclass(event, EventData)
}
