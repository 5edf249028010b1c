"""One subscription over a websocket, which comes back by itself after a break."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from gql import GraphQLRequest
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.websockets import WebsocketsTransport
from websockets import ConnectionClosed, InvalidStatus

from fractalops_client.credentials import REFUSED_TOKEN, Credentials
from fractalops_client.documents import Document
from fractalops_client.errors import Refused, Unreachable, may_pass_later, refusal
from fractalops_client.retry import Retry

_PROTOCOL = "graphql-transport-ws"
_CLOSE_TIMEOUT_S = 5
# A connection that broke sooner than this, and gave nothing, counts as a failure in a row.
_LASTING_S = 5.0
# The protocol's codes for a caller who is nobody: not initialised, forbidden.
_NOBODY = frozenset({4401, 4403})
# The engine did not understand what was sent: sending it again helps nobody.
_BAD_REQUEST = 4400


class Stream:
    """What one subscription gives, over as many connections as it takes."""

    def __init__(self, url: str, credentials: Credentials, reconnect: Retry, request: GraphQLRequest) -> None:
        self._url = url.replace("http", "ws", 1)
        self._credentials = credentials
        self._reconnect = reconnect
        self._request = request
        self._variables: dict[str, Any] = dict(request.variable_values or {})
        self._cursor = Document(request.document).cursor()
        self._has_given = False
        self._since_s = math.inf
        self._tokens_refused = 0

    async def data(self) -> AsyncGenerator[dict[str, Any]]:
        """The data of every answer, until the platform completes the subscription.

        Raises:
            Refused: with the platform's code and words.
            Unreachable: after as many failures in a row as may be.
        """
        delays_s = self._reconnect.delays_s()
        while True:
            self._has_given, self._since_s = False, math.inf
            try:
                async with aclosing(self._once()) as answers:
                    async for data in answers:
                        yield data
            except (Unreachable, Refused) as error:
                if self._has_lasted():
                    delays_s = self._reconnect.delays_s()
                delay_s = next(delays_s, None)
                if delay_s is None or not self._may_come_back(error):
                    raise
                await asyncio.sleep(delay_s)
            else:
                return

    def _has_lasted(self) -> bool:
        # A stream may well have nothing to give between two tokens.
        return self._has_given or time.monotonic() - self._since_s > _LASTING_S

    def _may_come_back(self, error: Unreachable | Refused) -> bool:
        if isinstance(error, Unreachable):
            return error.may_pass_later
        if error.code in REFUSED_TOKEN and self._credentials.has_provider:
            # The token had ended, most likely; if a new one is refused at the door, another will be, too.
            self._tokens_refused += 1
            return self._tokens_refused == 1
        return error.retry

    async def _once(self) -> AsyncGenerator[dict[str, Any]]:
        # One connection, from its beginning to its break.
        headers = await self._credentials.headers()
        transport = WebsocketsTransport(
            url=self._url,
            init_payload={"headers": headers},
            subprotocols=[_PROTOCOL],
            close_timeout=_CLOSE_TIMEOUT_S,
        )
        try:
            await transport.connect()
            self._since_s, self._tokens_refused = time.monotonic(), 0
            request = GraphQLRequest(
                self._request.document,
                variable_values=self._variables,
                operation_name=self._request.operation_name,
            )
            async with aclosing(transport.subscribe(request)) as answers:
                async for answer in answers:
                    if answer.errors:
                        raise refusal(answer.errors)
                    yield self._given(answer.data or {})
        except TransportQueryError as error:
            raise refusal(error.errors or [{"message": str(error)}]) from error
        except (TransportError, OSError, TimeoutError) as error:
            raise self._broken(error, headers) from error
        except Refused as error:
            if error.code in REFUSED_TOKEN:
                self._credentials.refused(headers)
            raise
        finally:
            with suppress(TransportError, OSError, TimeoutError):
                await transport.close()

    def _given(self, data: dict[str, Any]) -> dict[str, Any]:
        self._has_given = True
        if self._cursor is not None:
            self._variables = self._cursor.after(data, self._variables)
        return data

    def _broken(self, error: Exception, headers: dict[str, str]) -> Unreachable | Refused:
        cause = error.__cause__
        sentence = f"The subscription broke: {_words(cause or error)}"
        if isinstance(cause, InvalidStatus):
            return Unreachable(sentence, may_pass_later=may_pass_later(cause.response.status_code))
        closed = cause.rcvd if isinstance(cause, ConnectionClosed) else None
        if closed is not None and closed.code in _NOBODY:
            self._credentials.refused(headers)
            code = "invalid-jwt" if self._credentials.has_provider else "access-denied"
            return Refused(code, closed.reason or "The platform does not know this caller.")
        return Unreachable(sentence, may_pass_later=closed is None or closed.code != _BAD_REQUEST)


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
