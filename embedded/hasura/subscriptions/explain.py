"""What a subscription amounts to: its statement, and the variables that decide whom it shares an answer with."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import asyncpg

from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.schema.conditions import RequestVariable, SessionVariable
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.batch import variables_text
from embedded.hasura.subscriptions.pool import PollPool


async def explained(
    pool: PollPool, statement: Multiplexed, wires: Sequence[Wire], session: Mapping[str, str]
) -> dict[str, Any]:
    """What /v1/graphql/explain answers for a subscription with these parameters.

    Raises:
        EngineError: what Postgres complains of.
    """
    arguments = [[uuid4()], [variables_text(wires)]]
    try:
        rows = await pool.fetch(f"EXPLAIN (FORMAT TEXT) {statement.sql}", arguments)
    except asyncpg.PostgresError as error:
        raise translated(error, "$", {"statement": statement.sql}) from error
    except (OSError, asyncpg.InterfaceError) as error:
        raise EngineError("postgres-error", "connection error", internal=str(error)) from error
    variables = variables_by_source(statement, wires, session)
    return {"sql": statement.sql, "plan": [row[0] for row in rows], "variables": variables}


def variables_by_source(statement: Multiplexed, wires: Sequence[Wire], session: Mapping[str, str]) -> dict[str, Any]:
    """The parameters by where they come from: the session, the request's variables, or what it writes out."""
    used: dict[str, str] = {}
    query: dict[str, Wire] = {}
    synthetic: list[Wire] = []
    for parameter, wire in zip(statement.parameters, wires, strict=True):
        source = parameter.source
        if isinstance(source, SessionVariable):
            used[source.name] = session[source.name]
        elif isinstance(source, RequestVariable):
            query[source.name] = wire
        else:
            synthetic.append(wire)
    return {"session": used, "query": query, "synthetic": synthetic}
