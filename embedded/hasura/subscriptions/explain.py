"""What a subscription amounts to: its statement, and the variables that decide whom it shares an answer with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from embedded.hasura.execute.binding import Wire, bind
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.schema.conditions import RequestVariable, SessionVariable
from embedded.hasura.subscriptions.batch import variables_text


@dataclass(frozen=True)
class ExplainedSubscription:
    """The statement, arguments to run or explain it with, and the variables by where they come from."""

    sql: str
    arguments: list[list[Any]]
    session: dict[str, str]
    query: dict[str, Wire]
    synthetic: list[Wire]

    def variables(self) -> dict[str, Any]:
        """The variables as the explain endpoint shows them."""
        return {"session": self.session, "query": self.query, "synthetic": self.synthetic}


def explained(compiled: Compiled, request: Request, session: Mapping[str, str]) -> ExplainedSubscription | None:
    """What the statement is and what it depends on, None if the subscription is more than one statement.

    Raises:
        EngineError: for a variable that does not fit, or a missing session variable.
    """
    statement = compiled.multiplexed
    if statement is None:
        return None
    wires = bind(statement.parameters, {**compiled.defaults, **request.variables}, session)
    shown = ExplainedSubscription(statement.sql, [[uuid4()], [variables_text(wires)]], {}, {}, [])
    for parameter, wire in zip(statement.parameters, wires, strict=True):
        match parameter.source:
            case SessionVariable(name):
                shown.session[name] = session[name]
            case RequestVariable(name):
                shown.query[name] = wire
            case _:
                shown.synthetic.append(wire)
    return shown
