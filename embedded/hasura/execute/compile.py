"""From the text of a request to what will run: parse, validate, plan, write SQL."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from embedded.hasura.document.allow_list import AllowList
from embedded.hasura.document.operation import validate
from embedded.hasura.document.parse import chosen, definitions
from embedded.hasura.document.reach import variables_used
from embedded.hasura.document.selections import Bounds
from embedded.hasura.document.variables import Variables
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.introspection import Introspecting, asked_for
from embedded.hasura.plan.operation import OperationPlan, plan_operation
from embedded.hasura.schema.role import RoleSchema
from embedded.hasura.settings import Limits
from embedded.hasura.sql.multiplexed import Multiplexed, multiplexed
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
    introspecting: Introspecting | None
    defaults: dict[str, Any]
    declared: tuple[str, ...]
    structural: frozenset[str]

    @cached_property
    def is_one_statement(self) -> bool:
        """Whether it is a query that needs nothing but its statement and constants."""
        plan = self.plan
        beside = plan.actions or plan.writes or self.introspecting is not None
        return plan.kind == "query" and self.statement is not None and not beside

    @property
    def worth_keeping(self) -> bool:
        """Whether it may serve again: rows to write that stand in a variable as a whole will be others next time."""
        return not (self.plan.writes and self.structural)

    @cached_property
    def multiplexed(self) -> Multiplexed | None:
        """The statement for many subscribers at once, None if there is more to do than one statement."""
        plan = self.plan
        alone = bool(plan.queries) and len(plan.queries) + len(plan.constants) == len(plan.keys)
        return multiplexed(plan.queries) if alone else None


@dataclass(frozen=True)
class Manner:
    """How requests are compiled, the same for all of a role's."""

    introspection_disabled: bool
    numbers_as_text: bool
    limits: Limits
    allow_list: AllowList | None = None


def compile_request(request: Request, schema: RoleSchema, manner: Manner) -> Compiled:
    """What to run for the request.

    Raises:
        EngineError: whatever is wrong with it, in Hasura's words.
    """
    limits = manner.limits
    found = definitions(request.query, tokens_max=limits.tokens_max)
    if manner.allow_list is not None:
        manner.allow_list.require(found, schema.role)
    document = chosen(found, request.operation_name)
    used = variables_used(document.operation, document.fragments, depth_max=limits.depth_max)
    variables = Variables(document.operation, request.variables, used)
    operation = validate(document, schema, variables, Bounds(limits.depth_max, limits.fields_max))
    plan = plan_operation(operation, schema.view, variables, numbers_as_text=manner.numbers_as_text)
    introspecting = None
    if plan.introspections:
        if manner.introspection_disabled:
            raise EngineError("not-supported", f'introspection is disabled for role: "{schema.role}"')
        asked = tuple(asked_for(selected, variables) for selected in plan.introspections)
        introspecting = Introspecting(schema, asked, timeout_ms=limits.timeout_ms)
    defaults = {name: value for name, value in variables.values.items() if name not in request.variables}
    return Compiled(
        plan=plan,
        statement=statement(plan.queries) if plan.queries else None,
        introspecting=introspecting,
        defaults=defaults,
        declared=tuple(variables.declared),
        structural=frozenset(variables.structural),
    )
