"""Ask handlers over connections that stay open."""

import asyncio
import ssl

from embedded.hasura.actions.exchange import Headers, Incoming, Outgoing
from embedded.hasura.actions.http.address import Address, address_of
from embedded.hasura.actions.http.answer import MalformedAnswerError, RawAnswer
from embedded.hasura.actions.http.connection import ConnectionClosedError, HandlerConnection

_CONNECTIONS_MAX = 512
_IDLE_MAX_S = 55.0

# What the client writes itself.
_OWN = frozenset({"content-length", "transfer-encoding", "connection"})


class UnreachableError(Exception):
    """A handler that could not be asked, or did not answer in time."""


class Handlers:
    """The client for all handlers."""

    def __init__(self) -> None:
        self._idle: dict[tuple[bool, str, int], list[HandlerConnection]] = {}
        self._slots = asyncio.Semaphore(_CONNECTIONS_MAX)
        self._trust: ssl.SSLContext | None = None

    async def close(self) -> None:
        """Close all connections that nobody waits for."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()

    async def send(self, outgoing: Outgoing) -> Incoming:
        """The answer to a request, whatever its status; redirects are answers, too.

        Raises:
            UnreachableError: if there was no answer in time or at all.
        """
        try:
            address = address_of(outgoing.url)
            request = _written(outgoing, address)
        except ValueError as error:
            raise UnreachableError(f"InvalidUrlException {error}") from None
        try:
            async with asyncio.timeout(outgoing.timeout_s), self._slots:
                answer = await self._asked(address, request, head_only=outgoing.method == "HEAD")
        except TimeoutError:
            raise UnreachableError("ResponseTimeout") from None
        except (ConnectionClosedError, MalformedAnswerError, OSError) as error:
            raise UnreachableError(f"ConnectionFailure {error}") from None
        return Incoming(answer.status, answer.content.decode("utf-8", errors="replace"), answer.headers)

    async def _asked(self, address: Address, request: bytes, *, head_only: bool) -> RawAnswer:
        connection = self._kept(address)
        if connection is not None:
            try:
                return await self._asked_on(connection, address, request, head_only=head_only)
            except ConnectionClosedError as error:
                # A handler may close an idle connection at the moment it is used again. As long as nothing came back,
                # it has not seen the request, and it is asked once more.
                if error.begun:
                    raise
        return await self._asked_on(await self._connected(address), address, request, head_only=head_only)

    async def _asked_on(
        self, connection: HandlerConnection, address: Address, request: bytes, *, head_only: bool
    ) -> RawAnswer:
        reusable = False
        try:
            answer = await connection.ask(request, head_only=head_only)
            reusable = answer.reusable and not connection.closed
            return answer
        finally:
            if reusable:
                connection.idle_since_s = asyncio.get_running_loop().time()
                self._idle.setdefault(address.origin, []).append(connection)
            else:
                connection.close()

    def _kept(self, address: Address) -> HandlerConnection | None:
        """A connection that waits for a request, the one used last; those too old or closed are dropped."""
        idle = self._idle.get(address.origin)
        oldest_s = asyncio.get_running_loop().time() - _IDLE_MAX_S
        while idle:
            connection = idle.pop()
            if not connection.closed and connection.idle_since_s >= oldest_s:
                return connection
            connection.close()
        return None

    async def _connected(self, address: Address) -> HandlerConnection:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(
            HandlerConnection,
            address.host,
            address.port,
            ssl=self._trusted() if address.secure else None,
        )
        return connection

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return self._trust


def _written(outgoing: Outgoing, address: Address) -> bytes:
    """The bytes of a request.

    Raises:
        ValueError: if a header holds what would end it.
    """
    given = {name.lower() for name, _ in outgoing.headers}
    lines = [f"{outgoing.method} {address.target} HTTP/1.1".encode()]
    if "host" not in given:
        lines.append(f"Host: {address.host_header}".encode())
    if address.authorization is not None and "authorization" not in given:
        lines.append(f"Authorization: {address.authorization}".encode())
    lines += _header_lines(outgoing.headers)
    body = outgoing.body
    if body is not None:
        lines.append(b"Content-Length: %d" % len(body))
    elif outgoing.method not in {"GET", "HEAD"}:
        lines.append(b"Content-Length: 0")
    return b"\r\n".join([*lines, b"", body or b""])


def _header_lines(headers: Headers) -> list[bytes]:
    lines: list[bytes] = []
    for name, value in headers:
        if name.lower() in _OWN:
            continue
        line = f"{name}: {value}"
        if "\r" in line or "\n" in line or not name:
            raise ValueError(f"header {name!r} makes no sense")
        try:
            # What a client sent was read this way, and is passed on byte for byte.
            lines.append(line.encode("latin-1"))
        except UnicodeEncodeError:
            lines.append(line.encode())
    return lines
