"""The text of one statement under construction: aliases, and parameters instead of values."""

from collections.abc import Callable, Hashable

from embedded.hasura.metadata.names import quoted
from embedded.hasura.schema.conditions import Cells, Constant, Gathered, Parameter, RequestVariable, Supplied


class Writer:
    """Hands out aliases and parameter numbers; the same parameter twice gets one number."""

    def __init__(self) -> None:
        self.parameters: list[Parameter] = []
        self._numbers: dict[Parameter, int] = {}
        self._written: dict[Hashable, str] = {}
        self._aliases = 0

    def alias(self) -> str:
        """A table alias not used before in this statement."""
        self._aliases += 1
        return f"t{self._aliases}"

    def once(self, key: Hashable, write: Callable[[], str]) -> str:
        """What `write` gives, the same text whenever it is asked for by the same key."""
        if key not in self._written:
            self._written[key] = write()
        return self._written[key]

    def bound(self, parameter: Parameter) -> str:
        """The expression that reads a parameter.

        Every value travels as text (or a list of texts) and Postgres reads it as the type wanted: one rule for all
        types, and its own words when a value does not fit.
        """
        wanted = f"{parameter.type.sql}[]" if parameter.as_array else parameter.type.sql
        return self._cast(parameter, wanted)

    def bound_each(self, parameter: Parameter) -> str:
        """A sub-select with one row for each value of a list; an array of arrays would fuse them into one."""
        item = self.alias()
        values = self._cast(parameter, "text[]")
        return f"SELECT {item}.v::{parameter.type.sql} FROM unnest({values}) AS {item}(v)"  # noqa: S608  - a type's name

    def _cast(self, parameter: Parameter, wanted: str) -> str:
        return _from_text(parameter, f"${self._number(parameter)}", wanted)

    def _number(self, parameter: Parameter) -> int:
        number = self._numbers.get(parameter)
        if number is None:
            self.parameters.append(parameter)
            number = self._numbers[parameter] = len(self.parameters)
        return number


class RowWriter(Writer):
    """A writer whose statement answers many requests at once: each parameter is a column of the row `row`.

    `columns` are those columns, read from `texts`, an expression that is the JSON list of all parameters' texts;
    `checks` are the same reads of ordinary parameters.
    """

    def __init__(self, row: str, texts: str) -> None:
        super().__init__()
        self.columns: dict[str, str] = {}
        self.checks: dict[str, None] = {}
        self._row = row
        self._texts = texts

    def _cast(self, parameter: Parameter, wanted: str) -> str:
        read = _from_text(parameter, f"({self._texts} ->> {self._number(parameter) - 1})", wanted)
        self.checks[super()._cast(parameter, wanted)] = None
        name = self.columns.setdefault(read, f"p{len(self.columns) + 1}")
        return f"{self._row}.{name}"


def _from_text(parameter: Parameter, text: str, wanted: str) -> str:
    wire = "text[]" if _is_list(parameter) else "text"
    return f"{text}::{wire}" if wire == wanted else f"({text}::{wire})::{wanted}"


def _is_list(parameter: Parameter) -> bool:
    match parameter.source:
        case Constant(value):
            return isinstance(value, tuple)
        case RequestVariable(is_list=is_list):
            return is_list and parameter.as_array
        case Gathered() | Cells():
            return True
        case Supplied(is_list=is_list):
            return is_list
        case _:
            return False


def literal(text: str) -> str:
    """A constant of the plan (a key of the answer, a type's name) as an SQL string; never a user's value.

    Response keys are GraphQL names, which hold neither quotes nor backslashes.
    """
    return "'" + text.replace("'", "''") + "'"


def column(alias: str, name: str) -> str:
    """A column of the row `alias` stands for."""
    return f"{alias}.{quoted(name)}"
