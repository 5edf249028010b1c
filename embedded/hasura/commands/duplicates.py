"""Refuse metadata that would give one root field two meanings."""

from embedded.hasura.engine import State
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.root_names import refuse_duplicate_roots
from embedded.hasura.schema.tracked import Inconsistency


def refuse_duplicates(state: State) -> None:
    """Refuse a state in which two things claim one root field.

    Raises:
        EngineError: unexpected, as Hasura calls it.
    """
    try:
        refuse_duplicate_roots(state.tracked)
    except Inconsistency as why:
        raise EngineError("unexpected", str(why), path="$.args") from None
