"""The publication's log over a replication connection: whole transactions, as they commit.

asyncpg cannot speak the copy-both mode of replication, so libpq does, through the low level of psycopg.
"""

import asyncio
import logging
import os
import secrets
import struct
import time
from collections import deque
from typing import Self

import psycopg
from psycopg import conninfo, pq
from psycopg.pq.abc import PGconn

from embedded.supabase.database import VALUE_STYLE
from embedded.supabase.realtime.catalogue import PUBLICATION
from embedded.supabase.realtime.pgoutput import Decoder, Piece

_MESSAGES_PUBLICATION = "supabase_realtime_messages_publication"
_CONNECT_LIMIT_S = 10.0
_BACKLOG_MAX = 20_000  # changes decoded but not dispatched; beyond it the server waits
_CONNECTING = (pq.PollingStatus.READING, pq.PollingStatus.WRITING)
_READ_MAX = 2_000  # messages taken in one go before others get the event loop
# A server process that goes to sleep misses a commit flushed in that very moment, and would then sleep on until more is
# written. Any word from us makes it look again, so each thing received is answered, and again a little later. The last
# answer leaves it nothing to add, so that silence follows.
_NUDGE_DELAYS_S = (0.005, 0.05, 0.5)
_POSTGRES_EPOCH_S = 946_684_800
_LOGGED, _ALIVE = b"wk"
_LOGGED_AT = 25  # after the letter, where it begins and ends in the log, and when it was sent
_ALIVE_FORM = struct.Struct("!qqB")
_log = logging.getLogger(__name__)


class StreamLost(Exception):  # noqa: N818  - it says what happened
    """The replication connection ended."""


class ReplicationStream:
    """A temporary slot and what came through it; made by `open`, gone with `close`."""

    def __init__(self, connection: PGconn) -> None:
        self._connection = connection
        # libpq forgets the number when the connection is lost, and the event loop must still be told.
        self._descriptor = connection.socket
        self._decoder = Decoder()
        self._pieces: deque[Piece] = deque()
        self._backlog = 0
        self._waiter: asyncio.Future[None] | None = None
        self._failure: StreamLost | None = None
        self._reading = False
        self._in_flight = 0
        self._dispatched_to = 0
        self._nudge: asyncio.TimerHandle | None = None
        self._nudges_done = 0

    @classmethod
    async def open(cls, database_url: str) -> Self:
        """A stream of everything that commits from now on.

        Making the slot waits for every transaction that is writing at this moment.

        Raises:
            StreamLost: if the server refuses.
        """
        connection = await _connect(_replication_url(database_url))
        stream = cls(connection)
        try:
            slot = f"supabase_gateway_{os.getpid()}_{secrets.token_hex(4)}"
            options = "LOGICAL pgoutput (SNAPSHOT 'nothing')"
            await stream._run(f"CREATE_REPLICATION_SLOT {slot} TEMPORARY {options}", pq.ExecStatus.TUPLES_OK)
            publication = f"proto_version '1', publication_names '{PUBLICATION},{_MESSAGES_PUBLICATION}'"
            await stream._run(f"START_REPLICATION SLOT {slot} LOGICAL 0/0 ({publication})", pq.ExecStatus.COPY_BOTH)
        except BaseException:
            stream.close()
            raise
        stream._listen()
        return stream

    async def batch(self, changes_max: int) -> list[Piece]:
        """The oldest pieces that wait, at least one and about `changes_max` changes.

        Raises:
            StreamLost: when the connection has ended and nothing waits any more.
        """
        while not self._pieces:
            if self._failure is not None:
                raise self._failure
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        taken, count = list[Piece](), 0
        while self._pieces and count < changes_max:
            piece = self._pieces.popleft()
            taken.append(piece)
            count += len(piece.changes)
        self._backlog -= count
        self._in_flight += len(taken)
        if not self._reading and self._backlog < _BACKLOG_MAX and self._failure is None:
            self._listen()
        return taken

    def dispatched(self, pieces: list[Piece]) -> None:
        """Note that these pieces reached the clients' queues, so that the server may forget them."""
        self._in_flight -= len(pieces)
        ends = [piece.ends_at for piece in pieces if piece.ends_at is not None]
        self._dispatched_to = max([self._dispatched_to, *ends])

    def close(self) -> None:
        """End the connection; its slot goes with it."""
        self._stop_listening()
        self._cancel_nudge()
        self._connection.finish()

    async def _run(self, command: str, expected: pq.ExecStatus) -> None:
        self._connection.send_query(command.encode())
        self._connection.flush()
        while self._connection.is_busy():
            await _ready(self._descriptor, for_writing=False)
            self._connection.consume_input()
        result = self._connection.get_result()
        if result is None or result.status != expected:
            raise StreamLost(self._connection.get_error_message() or f"{command} was not answered")
        if expected != pq.ExecStatus.COPY_BOTH:
            while self._connection.get_result() is not None:
                pass

    def _listen(self) -> None:
        self._reading = True
        loop = asyncio.get_running_loop()
        loop.add_reader(self._descriptor, self._read)
        # libpq may hold messages that the socket will not announce again.
        loop.call_soon(self._read)

    def _stop_listening(self) -> None:
        if self._reading:
            self._reading = False
            asyncio.get_running_loop().remove_reader(self._descriptor)

    def _read(self) -> None:
        if not self._reading:
            return
        try:
            self._connection.consume_input()
            more = self._take_messages()
            self._nudge_soon()
        except (psycopg.OperationalError, StreamLost, OSError) as error:
            self._fail(StreamLost(str(error)))
            return
        if self._pieces:
            self._wake()
        if self._backlog >= _BACKLOG_MAX:
            self._stop_listening()
        elif more:
            asyncio.get_running_loop().call_soon(self._read)

    def _take_messages(self) -> bool:
        """Whether there may be more without waiting."""
        # A transaction comes in several messages, so looking these up once is felt.
        take, feed = self._connection.get_copy_data, self._decoder.feed
        for _ in range(_READ_MAX):
            size, data = take(1)
            if size <= 0:
                break
            if data[0] == _LOGGED:
                piece = feed(bytes(data), _LOGGED_AT)
                if piece is not None:
                    self._pieces.append(piece)
                    self._backlog += len(piece.changes)
            elif data[0] == _ALIVE:
                self._alive(data)
        else:
            return True
        if size < 0:
            result = self._connection.get_result()
            text = result.get_error_message() if result is not None else ""
            raise StreamLost(text or "the server ended the replication")
        return False

    def _alive(self, data: memoryview) -> None:
        end, _sent_at, wants_reply = _ALIVE_FORM.unpack_from(data, 1)
        if not self._pieces and not self._in_flight and end > self._dispatched_to:
            # Everything up to here was of no interest to the publication, or is dispatched.
            self._dispatched_to = end
        if wants_reply:
            self._confirm()

    def _nudge_soon(self) -> None:
        self._nudges_done = 0
        if self._nudge is None:
            self._nudge = asyncio.get_running_loop().call_later(_NUDGE_DELAYS_S[0], self._nudge_server)

    def _nudge_server(self) -> None:
        self._nudge = None
        try:
            self._confirm()
        except psycopg.OperationalError as error:
            self._fail(StreamLost(str(error)))
            return
        self._nudges_done += 1
        if self._nudges_done < len(_NUDGE_DELAYS_S):
            delay_s = _NUDGE_DELAYS_S[self._nudges_done]
            self._nudge = asyncio.get_running_loop().call_later(delay_s, self._nudge_server)

    def _cancel_nudge(self) -> None:
        if self._nudge is not None:
            self._nudge.cancel()
            self._nudge = None

    def _confirm(self) -> None:
        position = self._dispatched_to
        now_us = int((time.time() - _POSTGRES_EPOCH_S) * 1_000_000)
        self._connection.put_copy_data(struct.pack("!cqqqqB", b"r", position, position, position, now_us, 0))
        self._connection.flush()

    def _fail(self, failure: StreamLost) -> None:
        self._stop_listening()
        self._cancel_nudge()
        self._failure = failure
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None:
            if not self._waiter.done():
                self._waiter.set_result(None)
            self._waiter = None


def _replication_url(database_url: str) -> str:
    style = " ".join(f"-c {name}={value.replace(' ', '')}" for name, value in VALUE_STYLE.items())
    return conninfo.make_conninfo(
        database_url,
        replication="database",
        application_name="supabase-gateway",
        client_encoding="UTF8",
        options=style,
    )


async def _connect(url: str) -> PGconn:
    connection: PGconn = pq.PGconn.connect_start(url.encode())
    try:
        async with asyncio.timeout(_CONNECT_LIMIT_S):
            while (status := connection.connect_poll()) in _CONNECTING:
                await _ready(connection.socket, for_writing=status == pq.PollingStatus.WRITING)
    except TimeoutError as error:
        connection.finish()
        raise StreamLost("the server does not answer") from error
    except BaseException:
        connection.finish()
        raise
    if status != pq.PollingStatus.OK:
        message = connection.get_error_message()
        connection.finish()
        raise StreamLost(message)
    connection.nonblocking = 1
    return connection


async def _ready(descriptor: int, *, for_writing: bool) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    if for_writing:
        loop.add_writer(descriptor, ready.set)
    else:
        loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        if for_writing:
            loop.remove_writer(descriptor)
        else:
            loop.remove_reader(descriptor)
