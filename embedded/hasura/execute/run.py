"""Run what was compiled: one statement for all table fields, handlers for actions, and put the answer together."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from embedded.hasura.actions.answer import answer_of
from embedded.hasura.actions.call import Handlers
from embedded.hasura.actions.output import written
from embedded.hasura.actions.payload import body, headers
from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError, unsupported
from embedded.hasura.execute.binding import bind
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.execute.database import Database
from embedded.hasura.metadata.actions import CustomTypes
from embedded.hasura.plan.operation import ActionStep
from embedded.hasura.plan.tree import Joined
from embedded.hasura.sql.records import records_statement
from embedded.hasura.sql.select import statement

ClientHeaders = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """The JSON text of `data`, and cookies that handlers set."""

    data: str
    cookies: tuple[str, ...] = ()


class Runner:
    """Runs compiled requests."""

    def __init__(self, database: Database, handlers: Handlers) -> None:
        self._database = database
        self._handlers = handlers

    async def run(
        self, compiled: Compiled, request: Request, who: Identity, client: ClientHeaders, types: CustomTypes
    ) -> Answer:
        """The answer to a request.

        Raises:
            EngineError: the first thing that went wrong; nothing of the answer is given then.
        """
        variables = {**compiled.defaults, **request.variables} if compiled.defaults else request.variables
        plan = compiled.plan
        texts = dict(compiled.texts)
        cookies: list[str] = []
        for key, constant in plan.constants.items():
            texts[key] = json.dumps(constant)
        if compiled.statement is not None:
            texts.update(await self._queried(compiled, variables, who.session))
        if plan.actions:
            call = _Call(request.query, variables, who.session, client, types, cookies)
            texts.update(await self._acted(plan.actions, call, one_by_one=plan.kind == "mutation"))
        data = ",".join(f'"{key}":{texts[key]}' for key in plan.keys)
        return Answer("{" + data + "}", tuple(cookies))

    async def _queried(
        self, compiled: Compiled, variables: Mapping[str, Any], session: Mapping[str, str]
    ) -> dict[str, str]:
        asked = compiled.statement
        if asked is None:
            raise RuntimeError("no statement")
        arguments = bind(asked.parameters, variables, session)
        try:
            answers = await self._database.answers(asked, arguments)
        except EngineError:
            await self._blame(compiled, variables, session)
            raise
        return {key: "null" if text is None else text for key, text in zip(asked.keys, answers, strict=True)}

    async def _blame(self, compiled: Compiled, variables: Mapping[str, Any], session: Mapping[str, str]) -> None:
        """Find out which of several root fields a failed statement's error belongs to, by asking one by one."""
        if len(compiled.plan.queries) > 1:
            for query in compiled.plan.queries:
                alone = statement((query,))
                await self._database.answers(alone, bind(alone.parameters, variables, session))

    async def _acted(self, steps: tuple[ActionStep, ...], call: "_Call", *, one_by_one: bool) -> dict[str, str]:
        if one_by_one or len(steps) == 1:
            return {step.key: await self._action(step, call) for step in steps}
        answers = await asyncio.gather(*(self._action(step, call) for step in steps))
        return {step.key: answer for step, answer in zip(steps, answers, strict=True)}

    async def _action(self, step: ActionStep, call: "_Call") -> str:
        if step.action.action.definition.asynchronous:
            raise unsupported("an asynchronous action")
        sent = body(step.action, step.arguments, call.variables, call.session, call.query)
        exchange = await self._handlers.post(step.action, sent, headers(step.action, call.client))
        call.cookies.extend(exchange.cookies)
        answer = answer_of(exchange, step.action, call.types)

        async def join(joined: Joined, records: list[dict[str, Any]]) -> Sequence[Sequence[str | None]]:
            asked = records_statement(joined)
            needed = [{field.name: record.get(field.name) for field in joined.fields} for record in records]
            sent_records = json.dumps(needed, ensure_ascii=False)
            arguments = bind(asked.parameters, call.variables, call.session, sent_records)
            return await self._database.rows(asked, arguments)

        return await written(answer, step.output, step.joined, join)


@dataclass(frozen=True)
class _Call:
    query: str
    variables: Mapping[str, Any]
    session: Mapping[str, str]
    client: ClientHeaders
    types: CustomTypes
    cookies: list[str]
