"""One statement for many subscribers: their parameters are rows, and each row gets an answer of its own.

The rows come as two arrays, ids and the texts of all parameters as one JSON list each. A sub-select reads every
parameter and casts it, once for a row; OFFSET 0 keeps Postgres from moving those casts to where the parameters are
used, where they would run for every row of the tables.
"""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from dataclasses import dataclass

from embedded.hasura.plan.tree import ListOf, RootQuery
from embedded.hasura.schema.conditions import Parameter, StreamPosition
from embedded.hasura.sql.select import streamed, value_of
from embedded.hasura.sql.writer import RowWriter

_ROWS = "_subs"
_RAW = "_raw"


@dataclass(frozen=True)
class Multiplexed:
    """A statement with a row for each subscriber: its id, then one JSON text for each of `keys`.

    Of a stream there is one key, and the value of the last row follows it; `position` is the index of the parameter
    that such a value replaces, None without a stream. `check` is a statement that only reads the parameters of one
    subscriber as their types, so that Postgres can complain of them, and hands back none, because there are types that
    a client cannot read; it is empty without parameters.
    """

    sql: str
    parameters: tuple[Parameter, ...]
    keys: tuple[str, ...]
    paths: tuple[str, ...]
    position: int | None
    check: str


def multiplexed(queries: tuple[RootQuery, ...]) -> Multiplexed:
    """The statement that answers all root fields for any number of subscribers."""
    writer = RowWriter(_ROWS, f"{_RAW}.result_vars")
    stream = queries[0] if queries[0].cursor is not None else None
    if stream is not None and isinstance(stream.value, ListOf):
        answer = streamed(writer, stream.value, stream.cursor or "")
    else:
        answer = "SELECT " + ", ".join(
            f"{value_of(writer, query.value, '')} AS r{i}" for i, query in enumerate(queries)
        )
    joined = f"{_read(writer)} LEFT OUTER JOIN LATERAL ({answer}) AS _answer ON true"
    return Multiplexed(
        sql=f"SELECT {_ROWS}.result_id, _answer.* FROM {joined}",
        parameters=tuple(writer.parameters),
        keys=tuple(query.key for query in queries),
        paths=tuple(query.path for query in queries),
        position=_position(writer.parameters) if stream is not None else None,
        check="SELECT " + ", ".join(f"({read}) IS NULL" for read in writer.checks) if writer.checks else "",
    )


def _read(writer: RowWriter) -> str:
    columns = [f"{_RAW}.result_id", *(f"{read} AS {name}" for read, name in writer.columns.items())]
    raw = f"unnest($1::uuid[], $2::json[]) AS {_RAW}(result_id, result_vars)"
    return f"(SELECT {', '.join(columns)} FROM {raw} OFFSET 0) AS {_ROWS}"


def _position(parameters: list[Parameter]) -> int:
    return next(i for i, parameter in enumerate(parameters) if isinstance(parameter.source, StreamPosition))
