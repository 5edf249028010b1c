"""Reshape a request before it is sent to a handler."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from embedded.hasura.actions.exchange import Headers, Outgoing
from embedded.hasura.actions.transforms.templates import Templates
from embedded.hasura.metadata.transforms import HeadersTransform, RequestTransform
from embedded.hasura.schema.exact import exact_json, read_json

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class RequestContext:
    """What templates can see of a request."""

    base_url: str
    body: Any
    session: Mapping[str, str] | None
    query: list[list[str]]

    def as_json(self) -> dict[str, Any]:
        """What a template of the answer sees of the request."""
        session = None if self.session is None else dict(self.session)
        return {
            "base_url": self.base_url, "body": self.body, "session_variables": session, "query_params": self.query,
        }  # fmt: skip


def context_of(base_url: str, outgoing: Outgoing, session: Mapping[str, str] | None) -> RequestContext:
    """What templates can see of a request as it would be sent."""
    pairs = parse_qsl(urlsplit(outgoing.url).query, keep_blank_values=True)
    return RequestContext(base_url, _parsed(outgoing.body), session, [list(pair) for pair in pairs])


def transformed(transform: RequestTransform, outgoing: Outgoing, context: RequestContext) -> Outgoing:
    """The request as the transform wants it.

    Raises:
        TransformError: if a template makes no sense.
    """
    seen = context.as_json()
    templates = Templates({f"${name}": value for name, value in seen.items()}, context.session)
    result = replace(
        outgoing,
        method=_method(transform, outgoing, templates),
        url=_url(transform, outgoing, templates),
        headers=_headers(transform, outgoing.headers, templates),
        body=_body(transform, outgoing, templates),
    )
    templates.refuse()
    return result


def _method(transform: RequestTransform, outgoing: Outgoing, templates: Templates) -> str:
    if transform.method is None:
        return outgoing.method
    method = transform.method.upper()
    if method not in _METHODS:
        templates.complain(f"Invalid method: {transform.method}")
    return method


def _url(transform: RequestTransform, outgoing: Outgoing, templates: Templates) -> str:
    url = outgoing.url if transform.url is None else templates.text(transform.url)
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        valid = False
    if not valid:
        templates.complain(f"Invalid URL: {url}")
        return url
    if transform.query_params is None:
        return url
    return urlunsplit(urlsplit(url)._replace(query=_query(transform.query_params, templates)))


def _query(written: list[tuple[str, str | None]] | str, templates: Templates) -> str:
    if isinstance(written, str):
        return templates.text(written).removeprefix("?")
    pairs: list[str] = []
    for name_template, value_template in written:
        name = templates.text(name_template)
        value = None if value_template is None else templates.text(value_template)
        # What is null in the body is no parameter at all.
        if name == "null" or value == "null":
            continue
        pairs.append(quote(name, safe="") + ("" if value is None else "=" + quote(value, safe="")))
    return "&".join(pairs)


def _headers(transform: RequestTransform, headers: Headers, templates: Templates) -> Headers:
    changes = transform.request_headers or HeadersTransform()
    added = [(name, templates.text(template)) for name, template in changes.add_headers.items()]
    if transform.content_type is not None:
        added.insert(0, ("Content-Type", transform.content_type))
    gone = {name.lower() for name in (*changes.remove_headers, *(name for name, _ in added))}
    return [*((name, value) for name, value in headers if name.lower() not in gone), *added]


def _body(transform: RequestTransform, outgoing: Outgoing, templates: Templates) -> bytes | None:
    body = transform.body
    if body is None:
        return outgoing.body
    match body.action:
        case "remove":
            return None
        case "x_www_form_urlencoded":
            return templates.form(body).encode()
        case "transform":
            return exact_json(templates.value(body.template or "")).encode()


def _parsed(body: bytes | None) -> Any:
    try:
        return None if body is None else read_json(body.decode())
    except ValueError:
        return None
