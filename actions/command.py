"""The wrapper around every handler: identity, input, one transaction, idempotency, timing and errors.

A refused request leaves no trace: its transaction rolls back, so that it can be sent again once its cause is mended.
"""

import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pydantic_core
from pydantic import ValidationError

from actions.call import Call, Identity, Outcome, authorize, organization_of
from contracts.base import Action, Contract, Mutation, Recorded
from contracts.refusals import Code, Fault, Refusal
from ledger import organizations, queue
from ledger.pool import Pool, transaction

# More than these are mended in a second round.
FAULTS_MAX = 5

_log = logging.getLogger(__name__)

Handler = Callable[[Call, Any], Awaitable[Outcome]]
Reader = Callable[[Call, Any], Awaitable[Contract]]


@dataclass(frozen=True)
class Request:
    """A request as Hasura hands it over."""

    action: Action
    input: dict[str, Any]
    session: dict[str, str]
    traceparent: str | None


async def answer(pool: Pool, request: Request, handler: Handler | Reader) -> dict[str, Any]:
    """What the action answers, as JSON values.

    Raises:
        Refusal: whatever the caller should know; nothing was recorded.
    """
    began = time.perf_counter()
    try:
        identity = Identity.of(request.session)
        body = _parse(request.action, request.input)
        if isinstance(body, Mutation):
            return await _mutate(pool, request, identity, body, handler)
        return await _read(pool, request, identity, body, handler)
    finally:
        _log.debug("%s took %.1f ms", request.action.name, (time.perf_counter() - began) * 1000)


async def _mutate(
    pool: Pool, request: Request, identity: Identity, body: Mutation, handler: Handler | Reader
) -> dict[str, Any]:
    action = request.action
    async with transaction(pool) as tx:
        org_id, harness_id = organization_of(action, identity), uuid4() if action.workflow else None
        call = Call(tx, action, org_id, uuid4(), identity.role, identity.principal_id, harness_id)
        new = queue.NewCommand(
            id=call.command_id,
            org_id=call.org_id,
            kind=action.kind,
            idempotency_key=body.idempotency_key,
            input_digest=_fingerprint(action, body),
            principal_id=identity.principal_id,
            harness_id=harness_id,
            workflow=action.workflow,
            payload=body.recorded(),
            traceparent=request.traceparent,
        )
        recording = await queue.record(tx, new)
        authorize(action, identity, recording.role)
        if not recording.is_new:
            return _known_answer(await queue.known(tx, body.idempotency_key), new, identity)
        outcome = await handler(call, body)
        if not isinstance(outcome, Outcome):
            raise TypeError(f"the handler of {action.name} answered no outcome")
        answered = Recorded(id=outcome.id, command_id=call.command_id, state=outcome.state).model_dump(mode="json")
        await queue.set_answer(tx, call.command_id, answered)
    return answered


async def _read(
    pool: Pool, request: Request, identity: Identity, body: Contract, handler: Handler | Reader
) -> dict[str, Any]:
    async with transaction(pool) as tx:
        org_id = organization_of(request.action, identity)
        role = await organizations.role_of(tx, org_id, identity.principal_id) if identity.principal_id else None
        authorize(request.action, identity, role)
        found = await handler(Call(tx, request.action, org_id, uuid4(), identity.role, identity.principal_id), body)
    if not isinstance(found, Contract):
        raise TypeError(f"the handler of {request.action.name} answered no contract")
    return found.model_dump(mode="json")


def _parse(action: Action, given: dict[str, Any]) -> Contract:
    """The input as its contract.

    Raises:
        Refusal: INVALID_INPUT, naming every place that is wrong.
    """
    try:
        return action.takes.model_validate_json(pydantic_core.to_json(given.get("input")))
    except (pydantic_core.PydanticSerializationError, RecursionError) as error:
        raise Refusal(
            Code.INVALID_INPUT, f"The input of {action.name} is nested too deeply, or holds half a character."
        ) from error
    except ValidationError as error:
        raise invalid_input(action, *faults_of(error)) from error


def faults_of(error: ValidationError, *within: str) -> tuple[Fault, ...]:
    """The first places that are wrong; `within` leads to the part of the input that was looked at."""
    return tuple(
        Fault(".".join((*within, *map(str, fault["loc"]))) or "input", fault["msg"].removeprefix("Value error, "))
        for fault in error.errors(include_url=False, include_context=False, include_input=False)[:FAULTS_MAX]
    )


def invalid_input(action: Action, *faults: Fault) -> Refusal:
    """The refusal of an input that its contract does not take."""
    places = "; ".join(f"{fault.path}: {fault.says}" for fault in faults)
    return Refusal(Code.INVALID_INPUT, f"The input of {action.name} is not valid: {places}.", faults=faults)


def _fingerprint(action: Action, body: Mutation) -> bytes:
    return hashlib.sha256(action.kind.encode() + b"\n" + body.model_dump_json().encode()).digest()


def _known_answer(known: queue.KnownCommand, new: queue.NewCommand, identity: Identity) -> dict[str, Any]:
    """The answer given before, if this is the same request by the same caller.

    Raises:
        Refusal: IDEMPOTENCY_CONFLICT.
    """
    same_place = new.kind == "onboarding.onboard" or known.org_id == new.org_id
    same = same_place and known.input_digest == new.input_digest and known.principal_id == identity.principal_id
    if not same or known.answer is None:
        raise Refusal(Code.IDEMPOTENCY_CONFLICT, "This idempotency key was used before, with other input.")
    return known.answer
