"""Calls of functions: which arguments go by position and which by name."""

from collections.abc import Mapping, Sequence

from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.conditions import Call, CallArgument, Parameter, SessionObject, WholeRow
from embedded.hasura.schema.tracked import TrackedArgument, TrackedComputed


class OmittedArgument(Exception):  # noqa: N818  - it is what the caller turns into an error with a path
    """An argument is missing that cannot be left out, in Hasura's words."""


def called(
    function: QualifiedName,
    arguments: Sequence[TrackedArgument],
    given: Mapping[str, Parameter],
    row: WholeRow | None = None,
) -> Call:
    """The call with what a client gave, by the arguments' GraphQL names; session and row are filled in.

    What follows an omitted argument goes by name, as SQL wants it.

    Raises:
        OmittedArgument: one without a default is missing, or one follows a missing one and has no name.
    """
    made: list[CallArgument] = []
    by_name = False
    for argument in arguments:
        value = _value(argument, given, row)
        if value is None:
            if not argument.has_default:
                raise OmittedArgument("Non default arguments cannot be omitted")
            by_name = True
            continue
        if by_name and argument.name is None:
            raise OmittedArgument("Only last set of positional arguments can be omitted")
        made.append(CallArgument(value, argument.name if by_name else None))
    return Call(function, tuple(made))


def called_on_row(computed: TrackedComputed, given: Mapping[str, Parameter] | None = None) -> Call:
    """The call of a computed field about the current row.

    Raises:
        OmittedArgument: as `called` does.
    """
    return called(computed.function, computed.arguments, given or {}, WholeRow(computed.table, computed.columns))


def _value(
    argument: TrackedArgument, given: Mapping[str, Parameter], row: WholeRow | None
) -> Parameter | WholeRow | None:
    match argument.use:
        case "session":
            return Parameter(SessionObject(), argument.type)
        case "row":
            return row
        case _:
            return given.get(argument.field)
