"""Call an action's handler: build the request, send it, and read what comes back."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from embedded.hasura.actions.answer import answer_of
from embedded.hasura.actions.call import Handlers, UnreachableError
from embedded.hasura.actions.exchange import Exchange, Headers, Incoming, Outgoing
from embedded.hasura.actions.payload import forwarded, sent_headers
from embedded.hasura.actions.transforms import request, response
from embedded.hasura.actions.transforms.request import RequestContext, context_of
from embedded.hasura.actions.transforms.templates import TransformError
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import TIMEOUT_DEFAULT_S
from embedded.hasura.schema.exact import exact_json
from embedded.hasura.schema.tracked import TrackedAction


@dataclass(frozen=True)
class Answered:
    """A handler's answer that fits the action, and the cookies it sets."""

    value: Any
    cookies: tuple[str, ...]


class Asker:
    """Asks handlers on behalf of clients."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers = handlers

    async def ask(self, action: TrackedAction, body: dict[str, Any], client: Headers) -> Answered:
        """What the handler answered.

        Raises:
            EngineError: the handler's own refusal, or unexpected if it cannot be asked or makes no sense.
        """
        definition = action.action.definition
        passed_on = forwarded(client, definition) if definition.forward_client_headers else ()
        outgoing = Outgoing(
            "POST",
            action.url,
            sent_headers(action, passed_on),
            exact_json(body).encode(),
            definition.timeout or TIMEOUT_DEFAULT_S,
        )
        exchange = Exchange(definition, body, passed_on)
        context: RequestContext | None = None
        if action.request_transform is not None:
            with _told("Request Transformation Failed"):
                seen = context_of(action.url, outgoing, body["session_variables"])
                outgoing = request.transformed(action.request_transform, outgoing, seen)
            exchange = replace(exchange, transformed=outgoing)
            context = context_of(action.url, outgoing, body["session_variables"])
        incoming = await self._sent(exchange, outgoing)
        if action.response_transform is not None:
            with _told("Response Transformation Failed"):
                session = body["session_variables"]
                incoming = response.transformed(action.response_transform, incoming, context, session)
        return Answered(answer_of(exchange.answered(incoming), incoming, action.output), incoming.cookies)

    async def _sent(self, exchange: Exchange, outgoing: Outgoing) -> Incoming:
        try:
            return await self._handlers.send(outgoing)
        except UnreachableError as error:
            raise exchange.unreachable(str(error), outgoing) from None


@contextmanager
def _told(message: str) -> Generator[None]:
    try:
        yield
    except TransformError as error:
        raise EngineError("unexpected", message, internal=error.errors) from None
