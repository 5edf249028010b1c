"""From the text of a request to what will run: parse, validate, plan, write SQL."""

from dataclasses import dataclass, field
from typing import Any

from embedded.hasura.document.operation import validate
from embedded.hasura.document.parse import Document, parse_document
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import EngineError, invalid
from embedded.hasura.plan.operation import OperationPlan, plan_operation
from embedded.hasura.schema.introspection import introspected
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.sql.select import Statement, statement


@dataclass(frozen=True)
class Request:
    """A GraphQL request as it was sent."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    operation_name: str | None = None


@dataclass(frozen=True)
class Compiled:
    """A request made ready to run, for any variables of the same shape and any session."""

    plan: OperationPlan
    statement: Statement | None
    defaults: dict[str, Any]
    texts: dict[str, str]
    declared: tuple[str, ...]
    structural: frozenset[str]


@dataclass(frozen=True)
class Manner:
    """How requests are compiled, the same for all of a role's."""

    introspection_disabled: bool
    depth_max: int
    numbers_as_text: bool


def compile_request(request: Request, schema: RoleSchema, manner: Manner) -> Compiled:
    """What to run for the request.

    Raises:
        EngineError: whatever is wrong with it, in Hasura's words.
    """
    document = parse_document(request.query, request.operation_name)
    variables = Variables(document.operation, request.variables)
    operation = validate(document, schema, variables, depth_max=manner.depth_max)
    plan = plan_operation(operation, schema.view, variables, numbers_as_text=manner.numbers_as_text)
    texts: dict[str, str] = {}
    if plan.introspects:
        if manner.introspection_disabled:
            raise EngineError("not-supported", f'introspection is disabled for role: "{schema.role}"')
        variables.structural.update(variables.declared)
        texts = _introspection(document, schema, variables)
    defaults = {name: value for name, value in variables.values.items() if name not in request.variables}
    return Compiled(
        plan=plan,
        statement=statement(plan.queries) if plan.queries else None,
        defaults=defaults,
        texts=texts,
        declared=tuple(variables.declared),
        structural=frozenset(variables.structural),
    )


def _introspection(document: Document, schema: RoleSchema, variables: Variables) -> dict[str, str]:
    if document.kind != "query":
        raise invalid("introspection is part of queries only")
    return introspected(schema.introspectable, document.operation, document.fragments, variables.values)
