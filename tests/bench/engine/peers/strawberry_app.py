"""The same questions answered by strawberry-graphql: ordinary resolvers on asyncpg, data loaders for relationships.

Set up as its documentation advises for production: parsed and validated documents are cached, GraphiQL is off.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

import strawberry
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info

from tests.bench.engine.peers.serving import Application, Pool, run

_TASK = "SELECT id, project_id, title, state, points, due_at, person_id FROM task"


@strawberry.type
class Person:
    id: int
    name: str
    email: str | None


@strawberry.type
class Note:
    id: int
    task_id: int
    body: str
    created_at: datetime


@strawberry.type
class Task:
    id: int
    project_id: int
    title: str
    state: str
    points: int | None
    due_at: datetime | None
    person_id: int

    @strawberry.field
    async def person(self, info: Info) -> Person:
        return await info.context["people"].load(self.person_id)

    @strawberry.field
    async def notes(self, info: Info) -> list[Note]:
        return await info.context["notes"].load(self.id)


@strawberry.type
class Points:
    points: float | None


@strawberry.type
class Aggregates:
    count: int
    sum: Points
    avg: Points
    max: Points


@strawberry.type
class TaskAggregate:
    aggregate: Aggregates


@strawberry.type
class Query:
    @strawberry.field
    async def task(self, info: Info, project: int, limit: int) -> list[Task]:
        rows = await info.context["pool"].fetch(f"{_TASK} WHERE project_id = $1 ORDER BY id LIMIT $2", project, limit)
        return [Task(**row) for row in rows]

    @strawberry.field
    async def task_by_pk(self, info: Info, id: int) -> Task | None:  # noqa: A002  - the column's name
        row = await info.context["pool"].fetchrow(f"{_TASK} WHERE id = $1", id)
        return None if row is None else Task(**row)

    @strawberry.field
    async def task_aggregate(self, info: Info, state: str) -> TaskAggregate:
        row = await info.context["pool"].fetchrow(
            "SELECT count(*), sum(points), avg(points)::float8, max(points) FROM task WHERE state = $1", state
        )
        return TaskAggregate(
            aggregate=Aggregates(
                count=row["count"],
                sum=Points(points=row["sum"]),
                avg=Points(points=row["avg"]),
                max=Points(points=row["max"]),
            )
        )


class Endpoint(GraphQL[Any, Any]):
    """Strawberry's own ASGI application, with loaders made anew for each request."""

    def __init__(self, schema: strawberry.Schema, pool: Pool) -> None:
        super().__init__(schema, graphql_ide=None, allow_queries_via_get=False)
        self._pool = pool

    async def get_context(self, request: Any, response: Any) -> Any:
        del request, response

        async def people(ids: list[int]) -> list[Person]:
            rows = await self._pool.fetch("SELECT id, name, email FROM person WHERE id = ANY($1)", ids)
            found = {row["id"]: Person(**row) for row in rows}
            return [found[one] for one in ids]

        async def notes(ids: list[int]) -> list[list[Note]]:
            found: dict[int, list[Note]] = defaultdict(list)
            sql = "SELECT id, task_id, body, created_at FROM note WHERE task_id = ANY($1) ORDER BY id"
            for row in await self._pool.fetch(sql, ids):
                found[row["task_id"]].append(Note(**row))
            return [found[one] for one in ids]

        return {"pool": self._pool, "people": DataLoader(load_fn=people), "notes": DataLoader(load_fn=notes)}


async def _made(pool: Pool) -> Application:
    schema = strawberry.Schema(
        Query, extensions=[ParserCache, ValidationCache], config=StrawberryConfig(auto_camel_case=False)
    )
    return Endpoint(schema, pool)


if __name__ == "__main__":
    run(_made)
