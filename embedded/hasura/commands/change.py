"""Run a command that alters metadata only, and refuse what would leave something inconsistent."""

from embedded.hasura.commands.dependents import without_dependents
from embedded.hasura.commands.work import SUCCESS, Answer, Body, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes import COMMANDS
from embedded.hasura.metadata.changes.change import About, Arguments, Dropped
from embedded.hasura.schema.tracked import InconsistentObject

# Commands that once took the bare name of what they are about, and still do.
_NAMED = {"track_table", "add_existing_table_or_view", "track_function", "untrack_function"}


async def change(work: Work, body: Body) -> Answer:
    """The answer to a command of `metadata.changes`.

    Raises:
        EngineError: what is wrong with it.
    """
    metadata = work.state.metadata.model_copy(deep=True)
    given = body["args"]
    named = body.kind in _NAMED and isinstance(given, str)
    arguments: Arguments = {"table": given, "function": given} if named else body.arguments
    outcome = COMMANDS[body.kind](metadata, arguments)
    state = await work.considered(metadata)
    if isinstance(outcome, Dropped):
        state = await without_dependents(work, state, cascade=outcome.cascade)
    else:
        refuse_worse(work.newly_inconsistent(state), outcome)
    work.take(state)
    return SUCCESS


def refuse_worse(found: list[InconsistentObject], about: About | None) -> None:
    """Refuse a change that makes something inconsistent that was not so before.

    Raises:
        EngineError: invalid-configuration if it is what the command is about, else unexpected.
    """
    if not found:
        return
    own = [item for item in found if about is not None and item.name == about.name]
    if not own:
        message = "cannot continue due to new inconsistent metadata"
        raise EngineError("unexpected", message, path="$.args", status=400, internal=[item.as_json() for item in found])
    reasons = ", ".join(item.said for item in own)
    raise EngineError(_code_of(own[0]), reasons, path="$.args", internal=[item.as_json() for item in own])


def _code_of(item: InconsistentObject) -> str:
    if "not supported by the embedded engine" in item.reason:
        return "not-supported"
    return "not-exists" if "no such table/view exists" in item.reason else "invalid-configuration"
