"""Calls of functions with the arguments a client wrote."""

from embedded.hasura.document.tree import Entries, InputValue, Null, Selected
from embedded.hasura.errors import EngineError
from embedded.hasura.plan.values import single
from embedded.hasura.schema.calls import OmittedArgument, called, called_on_row
from embedded.hasura.schema.conditions import Call, Constant, Parameter
from embedded.hasura.schema.meanings import PassArgument
from embedded.hasura.schema.tracked import TrackedComputed, TrackedFunction


def function_call(function: TrackedFunction, selected: Selected) -> Call:
    """The call of a root field.

    Raises:
        EngineError: not-supported, if an argument is missing that cannot be.
    """
    try:
        return called(function.name, function.arguments, _given(selected.arguments.get("args")))
    except OmittedArgument as why:
        raise _refused(why, selected) from None


def computed_call(computed: TrackedComputed, selected: Selected) -> Call:
    """The call of a computed field about the current row.

    Raises:
        EngineError: not-supported, if an argument is missing that cannot be.
    """
    try:
        return called_on_row(computed, _given(selected.arguments.get("args")))
    except OmittedArgument as why:
        raise _refused(why, selected) from None


def _refused(why: OmittedArgument, selected: Selected) -> EngineError:
    return EngineError("not-supported", str(why), path=f"{selected.path}.args.args")


def _given(value: InputValue | None) -> dict[str, Parameter]:
    """What was written, by the arguments' GraphQL names; an explicit null is passed as NULL."""
    given: dict[str, Parameter] = {}
    for member in value.members if isinstance(value, Entries) else ():
        if isinstance(member.meaning, PassArgument):
            sql_type = member.meaning.argument.type
            null = isinstance(member.value, Null)
            given[member.name] = Parameter(Constant(None), sql_type) if null else single(member.value, sql_type)
    return given
