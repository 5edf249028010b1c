"""How Postgres would carry out a request: the SQL of each root field, and Postgres' plan for it."""

from collections.abc import Mapping
from typing import Any

from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.execute.database import Database
from embedded.hasura.plan.tree import RootQuery
from embedded.hasura.sql.select import statement

_PARAMETERS = "invalid-params"


async def explained(database: Database, compiled: Compiled, request: Request, who: Identity) -> Any:
    """What /v1/graphql/explain answers for a compiled request.

    Raises:
        EngineError: invalid-params, for what no plan of Postgres' can be shown.
    """
    variables = {**compiled.defaults, **request.variables}
    plan = compiled.plan
    if plan.kind == "mutation":
        raise EngineError(_PARAMETERS, "only queries can be explained")
    if plan.actions:
        raise EngineError(_PARAMETERS, "query actions cannot be explained")
    queries = {query.key: query for query in plan.queries}
    return [await _field(database, key, queries.get(key), variables, who.session) for key in plan.keys]


async def _field(
    database: Database, key: str, query: RootQuery | None, variables: Mapping[str, Any], session: Mapping[str, str]
) -> dict[str, Any]:
    if query is None:
        return {"field": key, "sql": None, "plan": None}
    asked = statement((query,))
    lines = await database.plan_lines(asked.sql, bind(asked.parameters, variables, session), query.path)
    return {"field": key, "sql": asked.sql, "plan": lines}
