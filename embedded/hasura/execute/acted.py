"""Answer root fields that are about actions."""

import asyncio
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from embedded.hasura.actions.ask import Asker
from embedded.hasura.actions.exchange import Headers
from embedded.hasura.actions.output import Join, written
from embedded.hasura.actions.payload import as_json, body, forwarded, given
from embedded.hasura.actions.queued.log import ActionLog, Outcome
from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from embedded.hasura.execute.database import Database
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.plan.actions import ActionStep, CallStep, LogMember, LogStep, QueueStep
from embedded.hasura.plan.tree import Joined
from embedded.hasura.schema.exact import exact_json, read_json
from embedded.hasura.sql.records import records_statement

_UUID = re.compile(r"\{?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\}?")


@dataclass(frozen=True)
class Call:
    """The request whose fields are answered; `cookies` gathers what handlers set."""

    query: str
    variables: Mapping[str, Any]
    who: Identity
    client: Headers
    internals_shown: bool = False
    cookies: list[str] = field(default_factory=list[str])


class Actions:
    """Answers the fields of one engine."""

    def __init__(self, database: Database, asker: Asker, log: ActionLog) -> None:
        self._database = database
        self._asker = asker
        self._log = log

    async def answers(self, steps: Sequence[ActionStep], call: Call) -> dict[str, str]:
        """The JSON texts of several fields, all asked for at once.

        Raises:
            EngineError: of the first field that failed, in the order of the request.
        """
        if len(steps) == 1:
            return {steps[0].key: await self.answer(steps[0], call)}
        answers = await asyncio.gather(*(self.answer(step, call) for step in steps), return_exceptions=True)
        texts: dict[str, str] = {}
        for step, answer in zip(steps, answers, strict=True):
            if isinstance(answer, BaseException):
                raise answer
            texts[step.key] = answer
        return texts

    async def answer(self, step: ActionStep, call: Call) -> str:
        """The JSON text of a field.

        Raises:
            EngineError: whatever keeps it from being answered.
        """
        try:
            match step:
                case CallStep():
                    return await self._called(step, call)
                case QueueStep():
                    return await self._queued(step, call)
                case LogStep():
                    return await self._logged(step, call)
        except RecursionError:
            message = "the arguments or the answer of the action are nested too deeply"
            raise EngineError("validation-failed", message) from None

    async def _called(self, step: CallStep, call: Call) -> str:
        arguments = given(step.arguments, call.variables)
        sent = body(step.action.action.name, arguments, call.who.session, call.query)
        answered = await self._asker.ask(step.action, sent, call.client)
        call.cookies.extend(answered.cookies)
        return await written(answered.value, step.output, self._joined(call))

    async def _queued(self, step: QueueStep, call: Call) -> str:
        definition = step.action.action.definition
        kept = forwarded(call.client, definition) if definition.forward_client_headers else ()
        arguments = given(step.arguments, call.variables)
        with _log_errors():
            return f'"{await self._log.add(step.action.action.name, call.who.session, kept, arguments)}"'

    async def _logged(self, step: LogStep, call: Call) -> str:
        call_id = str(as_json(step.id, call.variables))
        if _UUID.fullmatch(call_id) is None:
            raise EngineError("data-exception", f'invalid input syntax for type uuid: "{call_id}"', path=step.id.path)
        session = None if call.who.is_admin else call.who.session
        with _log_errors():
            outcome = await self._log.read(
                step.action.action.name, call_id, session, internals_shown=call.internals_shown
            )
        if outcome is None:
            return "null"
        members = [f'"{member.key}":{await self._member(member, outcome, call)}' for member in step.members]
        return "{" + ",".join(members) + "}"

    async def _member(self, member: LogMember, outcome: Outcome, call: Call) -> str:
        match member.name:
            case "id":
                return f'"{outcome.id}"'
            case "created_at":
                return outcome.created_at
            case "errors":
                return outcome.errors or "null"
            case "output":
                answer = None if outcome.output is None else read_json(outcome.output)
                return await written(answer, member.output, self._joined(call))
            case None:
                return exact_json(member.constant)

    def _joined(self, call: Call) -> Join:
        async def join(joined: Joined, records: list[dict[str, Any]]) -> Sequence[Sequence[str | None]]:
            asked = records_statement(joined)
            needed = [{field.name: record.get(field.name) for field in joined.fields} for record in records]
            arguments = bind(asked.parameters, call.variables, call.who.session, exact_json(needed))
            return await self._database.rows(asked, arguments)

        return join


@contextmanager
def _log_errors() -> Generator[None]:
    try:
        yield
    except asyncpg.PostgresError as error:
        raise translated(error) from error
    except (OSError, asyncpg.InterfaceError) as error:
        raise EngineError("postgres-error", "connection error", internal=str(error)) from error
