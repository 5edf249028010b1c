"""Everything that is connected, and the task that keeps changes flowing to it."""

import asyncio
import logging
import time

import asyncpg
import psycopg

from embedded.supabase.database import Pool, open_connection
from embedded.supabase.realtime.bindings import BindingError
from embedded.supabase.realtime.catalogue import Catalogue
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.dispatch import Dispatcher
from embedded.supabase.realtime.presence import Presence
from embedded.supabase.realtime.registry import Registry, Subscription
from embedded.supabase.realtime.stream import ReplicationStream, StreamLost
from embedded.supabase.realtime.subscribe import checked_bindings
from embedded.supabase.realtime.visibility import Viewer
from embedded.supabase.settings import Settings

_BACKOFF_FIRST_S = 0.2
_BACKOFF_MAX_S = 5.0
_RETRY_S = 1.0
_DATABASE_FAULTS = (StreamLost, psycopg.Error, OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)
_log = logging.getLogger(__name__)


def _note(_connection: object, message: "asyncpg.PostgresLogMessage") -> None:
    _log.warning("the database says: %s", message)


class Hub:
    """Channels by topic, who is present where, and the subscriptions to changes."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self.settings = settings
        self.presence = Presence(self.members)
        self.sockets_count = 0
        self._pool = pool
        self._topics: dict[str, dict[Channel, None]] = {}
        self._registry = Registry()
        self._streaming = asyncio.Event()
        self._streams_lost = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to follow the log, in the background: making a slot may have to wait for others' transactions."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End the stream; its slot goes with it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def members(self, topic: str) -> list[Channel]:
        """The channels joined to `topic`, in the order they came."""
        return list(self._topics.get(topic, ()))

    def add(self, channel: Channel) -> None:
        """Count the channel in, on its socket and its topic."""
        channel.socket.channels[channel.topic] = channel
        self._topics.setdefault(channel.topic, {})[channel] = None

    def remove(self, channel: Channel) -> None:
        """Forget the channel and tell its topic that it is not present any more."""
        channel.joined = False
        for pending in (channel.expiry, channel.subscribing):
            if pending is not None:
                pending.cancel()
        self._registry.remove(channel)
        if channel.socket.channels.get(channel.topic) is channel:
            del channel.socket.channels[channel.topic]
        members = self._topics.get(channel.topic, {})
        members.pop(channel, None)
        if not members:
            self._topics.pop(channel.topic, None)
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
        viewer = Viewer.of(channel.claims)
        while True:
            await self._streaming.wait()
            lost = self._streams_lost
            try:
                async with self._pool.acquire() as connection:
                    bindings = await checked_bindings(connection, channel.changes, viewer.role)
            except BindingError as error:
                self._registry.remove(channel)
                channel.system("postgres_changes", "error", str(error))
                return
            except (asyncpg.DataError, UnicodeError) as error:
                self._registry.remove(channel)
                channel.system("postgres_changes", "error", f"Unable to subscribe to changes: {error}")
                return
            except _DATABASE_FAULTS as error:
                _log.warning("a subscription waits for the database: %s", error)
                await asyncio.sleep(_RETRY_S)
                continue
            # A stream that broke in between missed changes which this answer would promise.
            if self._streaming.is_set() and lost == self._streams_lost:
                self._registry.put(Subscription(channel, viewer, bindings))
                channel.system("postgres_changes", "ok", "Subscribed to PostgreSQL")
                return

    async def _follow(self) -> None:
        pause_s = _BACKOFF_FIRST_S
        while True:
            began_at_s = time.monotonic()
            try:
                await self._stream()
            except _DATABASE_FAULTS as error:
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
            await Dispatcher(self._registry, Catalogue(), connection).run(stream)
        finally:
            self._streaming.clear()
            if stream is not None:
                stream.close()
            connection.terminate()

    def _interrupt(self) -> None:
        """Have every subscriber join again: what happened meanwhile they can only read themselves."""
        self._streams_lost += 1
        for channel in self._registry.channels():
            self.remove(channel)
            channel.fail()
