"""What passes between the engine and a handler, and how administrators are shown it when something goes wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import ActionDefinition
from embedded.hasura.schema.exact import exact_json

Headers = Sequence[tuple[str, str]]

_HIDDEN = "<REDACTED>"
_SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "x-hasura-admin-secret", "x-hasura-access-key"})


@dataclass(frozen=True)
class Outgoing:
    """An HTTP request to a handler; `body` is None for none at all."""

    method: str
    url: str
    headers: Headers
    body: bytes | None
    timeout_s: float

    def as_json(self) -> dict[str, Any]:
        """The request as a log shows it."""
        query = urlsplit(self.url).query
        return {
            "url": self.url,
            "method": self.method,
            "headers": [[name, _shown(name, value)] for name, value in self.headers],
            "body": None if self.body is None else self.body.decode("utf-8", errors="replace"),
            "query_string": f"?{query}" if query else "",
            "response_timeout": str(round(self.timeout_s * 1_000_000)),
        }


@dataclass(frozen=True)
class Incoming:
    """A handler's answer; the names of its headers are as the handler wrote them."""

    status: int
    text: str
    headers: Headers

    @property
    def cookies(self) -> tuple[str, ...]:
        """The cookies it sets."""
        return tuple(value for name, value in self.headers if name.lower() == "set-cookie")


@dataclass(frozen=True)
class Exchange:
    """A call of an action's handler: what was to be sent, what a transform made of it, and what came back."""

    definition: ActionDefinition
    body: dict[str, Any]
    forwarded: Headers
    transformed: Outgoing | None = None
    incoming: Incoming | None = None

    def answered(self, incoming: Incoming) -> "Exchange":
        """The exchange with its answer."""
        return replace(self, incoming=incoming)

    def internals(self, error: Any) -> dict[str, Any]:
        """What those who may see internals are shown when the exchange fails.

        Headers from the environment are shown by the variable's name: their values are secrets.
        """
        response = None
        if self.incoming is not None:
            response = {
                "status": self.incoming.status,
                "body": _parsed_or_text(self.incoming.text),
                "headers": [{"name": name, "value": value} for name, value in self.incoming.headers],
            }
        configured = [header.model_dump(exclude_none=True) for header in self.definition.headers]
        request = {
            "url": self.definition.handler,
            "body": json.loads(exact_json(self.body)),
            "headers": [*configured, *({"name": name, "value": value} for name, value in self.forwarded)],
            "transformed_request": None if self.transformed is None else self.transformed.as_json(),
        }
        return {"error": error, "response": response, "request": request}

    def unreachable(self, message: str, sent: Outgoing) -> EngineError:
        """The error of a handler that could not be asked, or did not answer in time."""
        secret = {header.name.lower() for header in self.definition.headers if header.value_from_env is not None}
        parts = urlsplit(sent.url)
        secure = parts.scheme == "https"
        request = {
            "host": parts.hostname,
            "port": parts.port or (443 if secure else 80),
            "secure": secure,
            "path": parts.path or "/",
            "queryString": f"?{parts.query}" if parts.query else "",
            "method": sent.method,
            "requestHeaders": {
                name: _HIDDEN if name.lower() in secret else _shown(name, value) for name, value in sent.headers
            },
            "responseTimeout": f"ResponseTimeoutMicro {round(sent.timeout_s * 1_000_000)}",
        }
        error = {"type": "http_exception", "message": message, "request": request}
        text = "http exception when calling webhook"
        return EngineError("unexpected", text, internal=self.internals(error))


def _shown(name: str, value: str) -> str:
    return _HIDDEN if name.lower() in _SECRET_HEADERS else value


def _parsed_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
