"""Refuse metadata that would give one root field two meanings."""

from embedded.hasura.engine import State
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.root_names import refuse_duplicate_roots
from embedded.hasura.schema.tracked import Inconsistency


def refuse_duplicates(before: State, after: State) -> None:
    """Refuse a change after which two things claim one root field; if they did so before, it may be a step out of that.

    Raises:
        EngineError: unexpected, as Hasura calls it.
    """
    try:
        refuse_duplicate_roots(after.tracked)
    except Inconsistency as why:
        if _unambiguous(before):
            raise EngineError("unexpected", str(why), path="$.args") from None


def _unambiguous(state: State) -> bool:
    try:
        refuse_duplicate_roots(state.tracked)
    except Inconsistency:
        return False
    return True
