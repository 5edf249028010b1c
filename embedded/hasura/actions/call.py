"""Ask handlers over one shared client, whose connections stay open."""

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

import aiohttp
from multidict import CIMultiDict

from embedded.hasura.actions.exchange import Incoming, Outgoing

_CONNECTIONS_MAX = 512
_KEEPALIVE_S = 60
_NAMES_KEPT_S = 30
_ANSWER_BYTES_MAX = 16 * 1024 * 1024


class UnreachableError(Exception):
    """A handler that could not be asked, or did not answer in time."""


@dataclass
class _Attempt:
    """One sending of a request: whether it used a connection that had been kept, and whether an answer began."""

    on_kept_connection: bool = False
    answered: bool = False


async def _note_reuse(_session: aiohttp.ClientSession, context: Any, _parameters: Any) -> None:
    context.trace_request_ctx.on_kept_connection = True


class Handlers:
    """The client for all handlers."""

    def __init__(self) -> None:
        self._client: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the client; it needs a running loop."""
        connector = aiohttp.TCPConnector(
            limit=_CONNECTIONS_MAX,
            keepalive_timeout=_KEEPALIVE_S,
            ttl_dns_cache=_NAMES_KEPT_S,
            family=socket.AF_UNSPEC,
        )
        reuse = aiohttp.TraceConfig()
        reuse.on_connection_reuseconn.append(_note_reuse)
        self._client = aiohttp.ClientSession(
            trace_configs=[reuse],
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            # The only limit on time is the action's own.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()

    async def send(self, outgoing: Outgoing) -> Incoming:
        """The answer to a request, whatever its status; redirects are answers, too.

        Raises:
            UnreachableError: if there was no answer in time or at all.
        """
        try:
            async with asyncio.timeout(outgoing.timeout_s):
                return await self._asked(outgoing)
        except TimeoutError:
            raise UnreachableError("ResponseTimeout") from None
        except aiohttp.InvalidURL:
            raise UnreachableError(f"InvalidUrlException {outgoing.url}") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise UnreachableError(f"ConnectionFailure {error}") from None

    async def _asked(self, outgoing: Outgoing) -> Incoming:
        attempt = _Attempt()
        try:
            return await self._attempted(outgoing, attempt)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            # A handler may close an idle connection at the moment it is used again. Nothing came back, so it has not
            # seen the request, and it is asked once more.
            if attempt.answered or not attempt.on_kept_connection:
                raise
        return await self._attempted(outgoing, _Attempt())

    async def _attempted(self, outgoing: Outgoing, attempt: _Attempt) -> Incoming:
        if self._client is None:
            raise RuntimeError("the client is not open")
        async with self._client.request(
            outgoing.method,
            outgoing.url,
            data=outgoing.body,
            headers=CIMultiDict(outgoing.headers),
            allow_redirects=False,
            trace_request_ctx=attempt,
        ) as response:
            attempt.answered = True
            return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> Incoming:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _ANSWER_BYTES_MAX:
            raise UnreachableError(f"the answer is larger than {_ANSWER_BYTES_MAX} bytes")
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers]
    return Incoming(response.status, content.decode("utf-8", errors="replace"), headers)
