"""Where an INSERT takes its rows from."""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from collections.abc import Mapping, Sequence

from embedded.hasura.catalogue.tree import TEXT
from embedded.hasura.errors import invalid
from embedded.hasura.schema.conditions import Cells, Constant, Parameter, RequestVariable
from embedded.hasura.sql.writer import Writer, column

# A statement of the protocol takes at most 32,767 parameters.
_PARAMETERS_MAX = 32_000

Row = Mapping[str, Parameter]
Column = Parameter | Cells


def new_rows(writer: Writer, rows: Sequence[Row], columns: tuple[str, ...], path: str) -> str:
    """The rows with a value for each column, a row's default where it has none.

    Raises:
        EngineError: validation-failed, if there are too many values for one statement.
    """
    table = _as_columns(rows, columns) if len(rows) > 1 else None
    if table is not None and any(isinstance(one, Cells) for one in table):
        return _unnested(writer, table)
    tuples = [", ".join(_cell(writer, row.get(name)) for name in columns) for row in rows]
    if len(writer.parameters) > _PARAMETERS_MAX:
        raise invalid("too many values for one insert; give all rows the same columns, or insert fewer at once", path)
    return "VALUES " + ", ".join(f"({values})" for values in tuples)


def _cell(writer: Writer, value: Parameter | None) -> str:
    return "DEFAULT" if value is None else writer.bound(value)


def _as_columns(rows: Sequence[Row], columns: tuple[str, ...]) -> list[Column] | None:
    """The rows column by column, None if that cannot be: a default has no value that could stand in a list."""
    table: list[Column] = []
    for name in columns:
        cells = [row.get(name) for row in rows]
        made = _as_column([cell for cell in cells if cell is not None])
        if None in cells or made is None:
            return None
        table.append(made)
    return table


def _as_column(cells: list[Parameter]) -> Column | None:
    if not cells:
        return None
    if all(cell == cells[0] for cell in cells):
        return cells[0]
    sources = [cell.source for cell in cells if not cell.as_array]
    plain = tuple(source for source in sources if isinstance(source, Constant | RequestVariable))
    return Cells(plain, cells[0].type) if len(plain) == len(cells) else None


def _unnested(writer: Writer, table: list[Column]) -> str:
    """The text of the statement does not depend on how many rows there are."""
    row = writer.alias()
    lists: list[str] = []
    values: list[str] = []
    for one in table:
        if isinstance(one, Parameter):
            values.append(writer.bound(one))
            continue
        lists.append(writer.bound(Parameter(one, TEXT, as_array=True)))
        values.append(f"{column(row, f'c{len(lists)}')}::{one.type.sql}")
    names = ", ".join(f'"c{i + 1}"' for i in range(len(lists)))
    return f"SELECT {', '.join(values)} FROM unnest({', '.join(lists)}) AS {row}({names})"
