"""What every peer is asked, in each one's own words; the answers say the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SQL = Path(__file__).parent / "sql"
_VARIANTS = 64
_STATES = ("open", "waiting", "done")
_STATE_SQL = "(ARRAY['open', 'waiting', 'done'])[1 + $1]"


@dataclass(frozen=True)
class Question:
    """One question: its texts, the variable it takes, and the values that are asked in turn."""

    name: str
    root: str
    title: str
    variable: str
    values: Sequence[int | str]
    graphql: str
    postgraphile: str
    strawberry: str
    drawn: str

    def sql(self, form: str) -> str:
        """The bare statement, written as `text` or by `json` functions."""
        return (SQL / f"{self.name}_{form}.sql").read_text()

    def bodies(self, document: str | None) -> list[bytes]:
        """Request bodies for all values: GraphQL with this document, or only the variable (None)."""
        return [json.dumps(self._body(document, value)).encode() for value in self.values]

    def pgbench(self) -> str:
        """The bare statement as a script of pgbench's, which draws the values by itself."""
        sql = self.sql("text")
        if isinstance(self.values[0], str):
            sql = sql.replace("$1", _STATE_SQL)
        lines = " ".join(line for line in sql.splitlines() if not line.startswith("--"))
        return f"\\set drawn {self.drawn}\n{lines.replace('$1', ':drawn')};\n"

    def _body(self, document: str | None, value: int | str) -> dict[str, Any]:
        variables = {self.variable: value}
        return variables if document is None else {"query": document, "variables": variables}


PAGE = Question(
    name="page",
    root="task",
    title="nested list: 25 tasks, each with its person and its notes",
    variable="project",
    values=[1 + (i * 37) % 200 for i in range(_VARIANTS)],
    graphql="""query page($project: Int!) {
  task(where: {project_id: {_eq: $project}}, order_by: {id: asc}, limit: 25) {
    id title state points due_at
    person { id name }
    notes(order_by: {id: asc}) { id body created_at }
  }
}""",
    postgraphile="""query page($project: Int!) {
  task: allTasksList(condition: {projectId: $project}, orderBy: ROW_ID_ASC, first: 25) {
    id: rowId title state points due_at: dueAt
    person: personByPersonId { id: rowId name }
    notes: notesByTaskIdList(orderBy: ROW_ID_ASC) { id: rowId body created_at: createdAt }
  }
}""",
    strawberry="""query page($project: Int!) {
  task(project: $project, limit: 25) {
    id title state points due_at
    person { id name }
    notes { id body created_at }
  }
}""",
    drawn="random(1, 200)",
)

ONE = Question(
    name="one",
    root="task_by_pk",
    title="lookup by key: six columns of one task",
    variable="id",
    values=[1 + (i * 1_237) % 10_000 for i in range(_VARIANTS)],
    graphql="query one($id: Int!) { task_by_pk(id: $id) { id title state points due_at person_id } }",
    postgraphile="""query one($id: Int!) {
  task_by_pk: taskByRowId(rowId: $id) { id: rowId title state points due_at: dueAt person_id: personId }
}""",
    strawberry="query one($id: Int!) { task_by_pk(id: $id) { id title state points due_at person_id } }",
    drawn="random(1, 10000)",
)

SUMS = Question(
    name="sums",
    root="task_aggregate",
    title="aggregate: count, sum, average and maximum over 3,333 tasks",
    variable="state",
    values=[_STATES[i % 3] for i in range(_VARIANTS)],
    graphql="""query sums($state: String!) {
  task_aggregate(where: {state: {_eq: $state}}) {
    aggregate { count sum { points } avg { points } max { points } }
  }
}""",
    postgraphile="""query sums($state: String!) {
  task_aggregate: allTasks(condition: {state: $state}) {
    count: totalCount
    aggregate: aggregates { sum { points } avg: average { points } max { points } }
  }
}""",
    strawberry="""query sums($state: String!) {
  task_aggregate(state: $state) { aggregate { count sum { points } avg { points } max { points } } }
}""",
    drawn="random(0, 2)",
)

QUESTIONS = (PAGE, ONE, SUMS)
