"""Run what was compiled: one statement for all table fields, handlers for actions, and put the answer together."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.acted import Actions, Call
from embedded.hasura.execute.binding import bind
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.execute.database import Database
from embedded.hasura.execute.mutations import Values, perform
from embedded.hasura.plan.operation import OperationPlan
from embedded.hasura.plan.write_tree import WriteStep
from embedded.hasura.sql.select import statement

ClientHeaders = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """The JSON text of `data`, and cookies that handlers set."""

    data: str
    cookies: tuple[str, ...] = ()


class Runner:
    """Runs compiled requests."""

    def __init__(self, database: Database, actions: Actions) -> None:
        self._database = database
        self._actions = actions
        self._introspecting = asyncio.Semaphore(1)

    async def run(
        self, compiled: Compiled, request: Request, who: Identity, client: ClientHeaders, *, internals_shown: bool
    ) -> Answer:
        """The answer to a request.

        Raises:
            EngineError: the first thing that went wrong; nothing of the answer is given then.
        """
        if compiled.is_one_statement:
            return Answer((await self.query(compiled, request, who.session)).decode())
        variables = _variables(compiled, request)
        plan = compiled.plan
        texts = _constants(plan)
        if compiled.introspecting is not None:
            texts.update(await compiled.introspecting.texts(self._introspecting))
        call = Call(request.query, variables, who, client, internals_shown)
        if plan.kind == "mutation":
            texts.update(await self._in_order(plan, call))
        elif not plan.actions:
            texts.update(await self._texts(compiled, call))
        else:
            # Handlers and the database need not wait for each other.
            parts = await asyncio.gather(
                self._texts(compiled, call), self._actions.answers(plan.actions, call), return_exceptions=True
            )
            for part in parts:
                if isinstance(part, BaseException):
                    raise part
                texts.update(part)
        data = ",".join([f'"{key}":{texts[key]}' for key in plan.keys])
        return Answer("{" + data + "}", tuple(call.cookies))

    async def query(self, compiled: Compiled, request: Request, session: Mapping[str, str]) -> bytes:
        """The JSON text of `data` in UTF-8, for what is one statement.

        Raises:
            EngineError: whatever went wrong.
        """
        plan = compiled.plan
        answers = await self._queried(compiled, _variables(compiled, request), session)
        if plan.constants:
            answers.update((key, text.encode()) for key, text in _constants(plan).items())
        parts = [part for key in plan.keys for part in (b',"', key.encode(), b'":', answers[key])]
        parts[0] = b'{"'
        return b"".join([*parts, b"}"])

    async def _texts(self, compiled: Compiled, call: Call) -> dict[str, str]:
        answers = await self._queried(compiled, call.variables, call.who.session)
        return {key: answer.decode() for key, answer in answers.items()}

    async def _queried(
        self, compiled: Compiled, variables: Mapping[str, Any], session: Mapping[str, str]
    ) -> dict[str, bytes]:
        asked = compiled.statement
        if asked is None:
            return {}
        arguments = bind(asked.parameters, variables, session)
        try:
            answers = await self._database.answers(asked, arguments)
        except EngineError:
            await self._blame(compiled.plan, variables, session)
            raise
        return dict(zip(asked.keys, answers, strict=True))

    async def _blame(self, plan: OperationPlan, variables: Mapping[str, Any], session: Mapping[str, str]) -> None:
        """Find out which of several root fields a failed statement's error belongs to, by asking one by one."""
        if len(plan.queries) > 1:
            for query in plan.queries:
                alone = statement((query,))
                await self._database.answers(alone, bind(alone.parameters, variables, session))

    async def _in_order(self, plan: OperationPlan, call: Call) -> dict[str, str]:
        """The answers of a mutation's fields, in order: neighbours that write share a transaction, no action is in one.

        An action may take long and may ask this very engine for something, so nothing is kept locked meanwhile.
        """
        writes = {step.key: step for step in plan.writes}
        actions = {step.key: step for step in plan.actions}
        answers: dict[str, str] = {}
        steps = (key for key in plan.keys if key in writes or key in actions)
        for writing, keys in groupby(steps, writes.__contains__):
            if writing:
                answers.update(await self._together([writes[key] for key in keys], call))
            else:
                for key in keys:
                    answers[key] = await self._actions.answer(actions[key], call)
        return answers

    async def _together(self, steps: list[WriteStep], call: Call) -> dict[str, str]:
        values = Values(call.variables, call.who.session)
        async with self._database.transactions.begin() as transaction:
            return {step.key: await perform(step, transaction, values) for step in steps}


def _variables(compiled: Compiled, request: Request) -> dict[str, Any]:
    return {**compiled.defaults, **request.variables} if compiled.defaults else request.variables


def _constants(plan: OperationPlan) -> dict[str, str]:
    return {key: json.dumps(constant) for key, constant in plan.constants.items()}
