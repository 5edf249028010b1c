"""Statements about records that are not in the database: an action's answers, joined with tables."""

# ruff: noqa: S608  - writing SQL is this room's work; values are parameters, identifiers are quoted

from embedded.hasura.catalogue.tree import JSONB
from embedded.hasura.metadata.names import quoted
from embedded.hasura.plan.tree import Joined
from embedded.hasura.schema.conditions import Parameter, Records
from embedded.hasura.sql.select import Statement, value_of
from embedded.hasura.sql.writer import Writer

_ORDER = "record_position"


def records_statement(joined: Joined) -> Statement:
    """A statement with one row for each record, in their order, and one JSON text for each member."""
    writer = Writer()
    row = writer.alias()
    source = writer.bound(Parameter(Records(), JSONB))
    columns = ", ".join(f"{quoted(field.name)} {field.type.sql}" for field in joined.fields)
    values = ", ".join(f"{value_of(writer, member.value, row)} AS r{i}" for i, member in enumerate(joined.members))
    # ROWS FROM with a column list is the one form that takes WITH ORDINALITY beside a record type.
    records = f"ROWS FROM (jsonb_to_recordset({source}) AS ({columns})) WITH ORDINALITY AS {row}"
    names = ", ".join([*(quoted(field.name) for field in joined.fields), _ORDER])
    sql = f"SELECT {values} FROM {records}({names}) ORDER BY {row}.{_ORDER}"
    return Statement(sql, tuple(writer.parameters), tuple(member.key for member in joined.members), ())
