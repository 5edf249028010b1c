"""Everything that is connected, and the task that keeps changes flowing to it."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any, ClassVar

import asyncpg
import psycopg

from embedded.supabase.database import Pool, open_connection
from embedded.supabase.json_values import parse
from embedded.supabase.realtime.bindings import BindingError
from embedded.supabase.realtime.broadcast import fan_out
from embedded.supabase.realtime.channel import PREFIX, Channel, Room
from embedded.supabase.realtime.dispatch import Dispatcher
from embedded.supabase.realtime.pgoutput import Change
from embedded.supabase.realtime.presence import Presence
from embedded.supabase.realtime.registry import Registry, Subscription
from embedded.supabase.realtime.socket import Outbox
from embedded.supabase.realtime.stream import ReplicationStream, StreamLost
from embedded.supabase.realtime.subscribe import checked_bindings
from embedded.supabase.realtime.visibility import role_of
from embedded.supabase.settings import Settings

_BACKOFF_FIRST_S = 0.2
_BACKOFF_MAX_S = 5.0
_RETRY_S = 1.0
_FORGET_EVERY_S = 3600.0
_log = logging.getLogger(__name__)


def _note(_connection: object, message: "asyncpg.PostgresLogMessage") -> None:
    _log.warning("the database says: %s", message)


class Hub:
    """Channels by topic, who is present where, the subscriptions to changes, and what is left of the limits."""

    DATABASE_FAULTS: ClassVar = (
        StreamLost,
        psycopg.Error,
        OSError,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        TimeoutError,
    )

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self.settings = settings
        self.pool = pool
        self.presence = Presence(self.members)
        self.outbox = Outbox()
        self.sockets_count = 0
        self.joins = settings.limits.joins()
        self.rest_messages = settings.limits.messages()
        self._rooms: dict[Room, dict[Channel, None]] = {}
        self._begun: set[asyncio.Task[None]] = set()
        self._registry = Registry()
        self._streaming = asyncio.Event()
        self._streams_lost = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to follow the log, in the background: making a slot may have to wait for others' transactions."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End the stream; its slot goes with it."""
        tasks = [*self._begun, *([self._task] if self._task is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that must wait for others; its faults are logged."""
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._begun.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("something begun for a client failed", exc_info=task.exception())

    def members(self, room: Room) -> list[Channel]:
        """The channels that meet there, in the order they came."""
        return list(self._rooms.get(room, ()))

    def add(self, channel: Channel) -> None:
        """Count the channel in, on its socket and its topic."""
        channel.socket.channels[channel.topic] = channel
        self._rooms.setdefault(channel.room, {})[channel] = None

    def remove(self, channel: Channel) -> None:
        """Forget the channel and tell its topic that it is not present any more."""
        channel.joined = False
        for pending in (channel.expiry, channel.subscribing):
            if pending is not None:
                pending.cancel()
        self._registry.remove(channel)
        if channel.socket.channels.get(channel.topic) is channel:
            del channel.socket.channels[channel.topic]
        members = self._rooms.get(channel.room, {})
        members.pop(channel, None)
        if not members:
            self._rooms.pop(channel.room, None)
        self.presence.untrack(channel)

    def subscribe(self, channel: Channel) -> asyncio.Task[None] | None:
        """Begin to serve the channel's bindings for its present claims; None if it has none."""
        if channel.subscribing is not None:
            channel.subscribing.cancel()
        if not channel.changes:
            return None
        channel.subscribing = asyncio.create_task(self._subscribe(channel))
        return channel.subscribing

    async def _subscribe(self, channel: Channel) -> None:
        claims = channel.claims
        while True:
            await self._streaming.wait()
            lost = self._streams_lost
            try:
                async with self.pool.acquire() as connection:
                    bindings = await checked_bindings(connection, channel.changes, role_of(claims))
            except BindingError as error:
                self._registry.remove(channel)
                channel.system("postgres_changes", "error", str(error))
                return
            except (asyncpg.DataError, UnicodeError) as error:
                self._registry.remove(channel)
                channel.system("postgres_changes", "error", f"Unable to subscribe to changes: {error}")
                return
            except self.DATABASE_FAULTS as error:
                _log.warning("a subscription waits for the database: %s", error)
                await asyncio.sleep(_RETRY_S)
                continue
            # A stream that broke in between missed changes which this answer would promise.
            if self._streaming.is_set() and lost == self._streams_lost:
                self._registry.put(Subscription(channel, claims, bindings))
                channel.system("postgres_changes", "ok", "Subscribed to PostgreSQL")
                return

    async def _follow(self) -> None:
        pause_s = _BACKOFF_FIRST_S
        while True:
            began_at_s = time.monotonic()
            try:
                await self._stream()
            except self.DATABASE_FAULTS as error:
                _log.warning("the stream of changes ended: %s", error)
            except Exception:  # noqa: BLE001  - a fault of ours must not end Realtime for good; clients are told and read afresh
                _log.exception("the stream of changes failed")
            self._interrupt()
            if time.monotonic() - began_at_s > _BACKOFF_MAX_S:
                pause_s = _BACKOFF_FIRST_S
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _BACKOFF_MAX_S)

    async def _stream(self) -> None:
        connection = await open_connection(self.settings.database_url)
        connection.add_log_listener(_note)
        stream = None
        try:
            stream = await ReplicationStream.open(self.settings.database_url)
            self._streaming.set()
            _log.info("the stream of changes is up")
            self.begin(self._forget_messages())
            await Dispatcher(self._registry, self.outbox, connection, self._broadcast_row).run(stream)
        finally:
            self._streaming.clear()
            if stream is not None:
                stream.close()
            connection.terminate()

    def tell_when_streaming(self, channel: Channel) -> None:
        """Tell the channel once broadcasts of the database reach it."""

        async def tell() -> None:
            await self._streaming.wait()
            channel.system("system", "ok", "Replication connection established")

        self.begin(tell())

    def _broadcast_row(self, change: Change) -> None:
        """Send on what the database broadcasts: a new row of realtime.messages."""
        columns = (column.name for column in change.relation.columns)
        row = dict(zip(columns, change.new or (), strict=False))
        topic, event, payload = row.get("topic"), row.get("event"), row.get("payload")
        if row.get("extension") != "broadcast" or not isinstance(topic, str) or not isinstance(event, str):
            return
        message = {
            "type": "broadcast",
            "event": event,
            "payload": parse(payload) if isinstance(payload, str) else {},
            "meta": {"id": row.get("id")},
        }
        members = self.members((PREFIX + topic, row.get("private") == "t"))
        fan_out(members, PREFIX + topic, message, as_binary=False)

    async def _forget_messages(self) -> None:
        while self._streaming.is_set():
            try:
                await self.pool.execute("SELECT realtime.forget_messages()")
            except self.DATABASE_FAULTS as error:
                _log.warning("old messages stay for now: %s", error)
            await asyncio.sleep(_FORGET_EVERY_S)

    def _interrupt(self) -> None:
        """Have every subscriber join again: what happened meanwhile they can only read themselves."""
        self._streams_lost += 1
        for channel in self._registry.channels():
            self.remove(channel)
            channel.fail()
