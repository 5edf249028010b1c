"""Reshape a handler's answer before it is read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from embedded.hasura.actions.exchange import Incoming
from embedded.hasura.actions.transforms.request import RequestContext
from embedded.hasura.actions.transforms.templates import Templates
from embedded.hasura.metadata.transforms import ResponseTransform
from embedded.hasura.schema.exact import exact_json, read_json


def transformed(
    transform: ResponseTransform,
    incoming: Incoming,
    request: RequestContext | None,
    session: Mapping[str, str],
) -> Incoming:
    """The answer as the transform wants it; `request` is None if the request was not transformed.

    Raises:
        TransformError: if a template makes no sense.
    """
    body = transform.body
    if body is None:
        return incoming
    seen = {
        "$body": _parsed(incoming.text),
        "$request": None if request is None else request.as_json(),
        "$response": {"status": incoming.status},
    }
    templates = Templates(seen, session)
    match body.action:
        case "remove":
            value: Any = None
        case "x_www_form_urlencoded":
            value = templates.form(body)
        case "transform":
            value = templates.value(body.template or "")
    templates.refuse()
    return replace(incoming, text=exact_json(value))


def _parsed(text: str) -> Any:
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return None
