"""What depends on something that was dropped goes as well, or keeps it from being dropped."""

from embedded.hasura.commands.work import Work
from embedded.hasura.engine import State
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.dependents import dependents_error, without
from embedded.hasura.schema.tracked import InconsistentObject

# Dropping a dependent may leave others without what they depend on; a chain this long is a mistake of ours.
_CASCADES_MAX = 100

# Actions and all custom types at once are too much to lose by dropping a table.
_LASTING = {"custom_types", "action", "source"}


def newly_inconsistent_error(found: list[InconsistentObject]) -> EngineError:
    """The refusal of what would leave these inconsistent."""
    message = "cannot continue due to newly found inconsistent metadata"
    return EngineError("unexpected", message, path="$.args", internal=[item.as_json() for item in found])


async def without_dependents(work: Work, state: State, *, cascade: bool) -> State:
    """`state` without what became inconsistent in it.

    Raises:
        EngineError: dependency-error, if there is such a thing and no `cascade`; unexpected, if it cannot go along.
    """
    for _ in range(_CASCADES_MAX):
        dependents = work.newly_inconsistent(state)
        if not dependents:
            return state
        lasting = [item for item in dependents if item.kind in _LASTING]
        if lasting:
            raise newly_inconsistent_error(lasting)
        if not cascade:
            raise dependents_error(dependents)
        state = await work.engine.considered(without(state.metadata, dependents), state.catalogue)
    raise RuntimeError("dependents that depend on each other without end")
