"""The commands about actions that do more than alter metadata."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar, cast

import asyncpg
from pydantic import BaseModel, Field, ValidationError

from embedded.hasura.actions.exchange import Outgoing
from embedded.hasura.actions.transforms.check import refuse_bad_templates
from embedded.hasura.actions.transforms.request import context_of, transformed
from embedded.hasura.actions.transforms.templates import TransformError
from embedded.hasura.commands.change import change
from embedded.hasura.commands.work import Answer, Body, Handler, Work
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.sql_errors import translated
from embedded.hasura.metadata.actions import TIMEOUT_DEFAULT_S
from embedded.hasura.metadata.parsing import parse_error
from embedded.hasura.metadata.transforms import RequestTransform, ResponseTransform
from embedded.hasura.schema.exact import exact_json, read_json

_TEMPLATE = re.compile(r"\{\{([^}]+)\}\}")

Model = TypeVar("Model", bound=BaseModel)


class _FromEnvironment(BaseModel):
    from_env: str


class _Trial(BaseModel):
    """A request to be reshaped without being sent."""

    webhook_url: str | _FromEnvironment
    body: Any
    env: dict[str, str] = Field(default_factory=dict[str, str])
    request_headers: list[tuple[str, str]] = Field(default_factory=list[tuple[str, str]])
    request_transform: RequestTransform
    response_transform: ResponseTransform | None = None
    session_variables: dict[str, str] | None = None


async def _change_checked(work: Work, body: Body) -> Answer:
    """Create or change an action, whose templates must be readable."""
    definition = body.arguments.get("definition")
    if isinstance(definition, dict):
        written = cast("dict[str, Any]", definition)
        request, response = written.get("request_transform"), written.get("response_transform")
        refuse_bad_templates(
            None if request is None else _read(RequestTransform, request),
            None if response is None else _read(ResponseTransform, response),
        )
    return await change(work, body)


async def _drop(work: Work, body: Body) -> Answer:
    """Remove an action, and what the log says of its calls unless that is to be kept."""
    clear = body.arguments.get("clear_data")
    if clear is not None and not isinstance(clear, bool):
        raise EngineError("parse-failed", "parsing Bool failed, expected Boolean", path="$.args.clear_data")
    answer = await change(work, body)
    if clear is not False:
        work.afterwards.append(partial(_forget, work.engine, str(body.arguments["name"])))
    return answer


async def _forget(engine: Engine, action: str) -> None:
    try:
        await engine.action_log.forget(action)
    except asyncpg.PostgresError as error:
        raise translated(error, "$.args") from error


async def _try_transform(work: Work, body: Body) -> Answer:
    """The request that a transform would send."""
    del work
    trial = _read(_Trial, body.arguments)
    refuse_bad_templates(trial.request_transform, trial.response_transform)
    url = _trial_url(trial)
    headers = [(name, _filled(value, trial.env)) for name, value in trial.request_headers]
    outgoing = Outgoing("POST", url, headers, exact_json(trial.body).encode(), TIMEOUT_DEFAULT_S)
    session = trial.session_variables
    try:
        made = transformed(trial.request_transform, outgoing, context_of(url, outgoing, session))
    except TransformError as error:
        message = "request transform validation failed"
        raise EngineError("validation-failed", message, path="$.args", internal=error.errors) from None
    return {
        "webhook_url": made.url,
        "method": made.method,
        "headers": [[name.lower(), value] for name, value in made.headers],
        "body": _shown(made.body),
    }


def _trial_url(trial: _Trial) -> str:
    if isinstance(trial.webhook_url, str):
        return _filled(trial.webhook_url, trial.env)
    value = trial.env.get(trial.webhook_url.from_env)
    if value is None:
        raise EngineError("not-found", "Missing Env Var", path="$.args", status=400)
    return value


def _filled(template: str, environment: Mapping[str, str]) -> str:
    """The text with variables of the trial; those of the engine are nobody's to try out."""

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name not in environment:
            message = f"Missing Env Var: {name}. When a transform is tried out, variables are taken from env only."
            raise EngineError("not-found", message, path="$.args", status=400)
        return environment[name]

    return _TEMPLATE.sub(value, template)


def _shown(body: bytes | None) -> Any:
    if body is None:
        return ""
    text = body.decode()
    try:
        return read_json(text)
    except ValueError:
        # A form is text already.
        return text


def _read(model: type[Model], written: Any) -> Model:
    try:
        return model.model_validate(written)
    except ValidationError as error:
        raise parse_error(error, written) from None


COMMANDS: dict[str, Handler] = {
    "create_action": _change_checked,
    "update_action": _change_checked,
    "drop_action": _drop,
    "test_webhook_transform": _try_transform,
}
