"""What one client has asked for over its socket: queries and mutations one after the other, subscriptions side by side.

One after the other is Hasura's order, too: what is sent after a mutation sees what it did.
"""

import asyncio
from collections.abc import Callable, Sequence

from embedded.hasura.api.websocket.messages import Start
from embedded.hasura.api.websocket.outbox import Outbox
from embedded.hasura.api.websocket.protocol import Reply, SubProtocol
from embedded.hasura.auth.identity import Identity
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.subscriptions.hub import Subscription

# Codes of errors that are found before anything runs; the protocols tell them from errors of running.
_EARLY = {"validation-failed", "parse-failed", "not-found", "not-supported"}

_WAITING_MAX = 100
SUBSCRIPTIONS_MAX = 1_000


class Operation:
    """One thing asked for; the sink of its subscription, if it is one."""

    def __init__(self, start: Start, who: Identity, client: Sequence[tuple[str, str]], desk: "Operations") -> None:
        self.id = start.id
        self.request = start.request
        self.who = who
        self.client = client
        self.stopped = False
        self.subscription: Subscription | None = None
        self._desk = desk

    def ready(self) -> bool:
        """Whether everything handed over before has left."""
        return not self._desk.outbox.holds(self)

    def data(self, data: str) -> None:
        """Send a result."""
        protocol, own = self._desk.protocol, self.id
        self._desk.outbox.put_newest(self, lambda: protocol.data(own, data), len(data))

    def failed(self, error: EngineError) -> None:
        """Send an error after which the subscription goes on."""
        text = self._desk.protocol.disturbed(self.id, [self._desk.shown(error, self.who)])
        self._desk.outbox.put_newest(self, lambda: text, len(text))

    def refused(self, error: EngineError) -> None:
        """Send the error that ends the subscription."""
        self._desk.forget(self)
        self._desk.send(self._desk.protocol.refused(self.id, [self._desk.shown(error, self.who)]))


class Operations:
    """The operations of one socket."""

    def __init__(self, engine: Engine, protocol: SubProtocol, outbox: Outbox, reply: Callable[[Reply], None]) -> None:
        self.protocol = protocol
        self.outbox = outbox
        self._engine = engine
        self._timeout_s = engine.settings.limits.timeout_ms / 1000 * 2
        self._reply = reply
        self._live: dict[str, Operation] = {}
        self._pending: dict[Operation, None] = {}
        self._queue: asyncio.Queue[Operation] = asyncio.Queue(_WAITING_MAX)

    async def start(self, start: Start, who: Identity, client: Sequence[tuple[str, str]]) -> None:
        """Take an operation in, waiting if too many are waiting already."""
        operation = Operation(start, who, client, self)
        self._pending[operation] = None
        await self._queue.put(operation)

    def stop(self, id: str) -> None:  # noqa: A002  - it is called so on the wire
        """Send nothing more for an id, whatever is under way for it."""
        for operation in self._pending:
            operation.stopped = operation.stopped or operation.id == id
        live = self._live.get(id)
        if live is not None:
            self.forget(live)

    def forget(self, operation: Operation) -> None:
        """End a subscription."""
        if self._live.get(operation.id) is operation:
            del self._live[operation.id]
        if operation.subscription is not None:
            operation.subscription.stop()
        self.outbox.drop(operation)

    async def work(self) -> None:
        """Do what was asked for, as long as there is a client."""
        while True:
            operation = await self._queue.get()
            await self.outbox.room()
            if not operation.stopped:
                await self._run(operation)
            del self._pending[operation]

    def close(self) -> None:
        """End all subscriptions."""
        for operation in list(self._live.values()):
            self.forget(operation)

    def send(self, messages: Sequence[str]) -> None:
        """Send messages."""
        for message in messages:
            self.outbox.put(message)

    def shown(self, error: EngineError, who: Identity) -> dict[str, object]:
        """An error as this client may see it."""
        return error.as_graphql(internals_shown=self._engine.shows_internals(who))

    async def _run(self, operation: Operation) -> None:
        if operation.id in self._live:
            message = f"an operation already exists with this id: {operation.id}"
            self._reply(self.protocol.start_refused(operation.id, message, initialised=True))
            return
        try:
            compiled = self._engine.compiled(operation.request, operation.who.role, backend=operation.who.backend)
            if compiled.plan.kind == "subscription":
                self._subscribe(operation)
                return
        except EngineError as error:
            self.send(self.protocol.refused(operation.id, [self.shown(error, operation.who)]))
            return
        messages = await self._answered(operation)
        if not operation.stopped:
            self.send(messages)

    def _subscribe(self, operation: Operation) -> None:
        if len(self._live) >= SUBSCRIPTIONS_MAX:
            raise EngineError("busy", f"a connection may hold at most {SUBSCRIPTIONS_MAX} subscriptions")
        operation.subscription = self._engine.subscribe(operation.request, operation.who, operation.client, operation)
        self._live[operation.id] = operation

    async def _answered(self, operation: Operation) -> Sequence[str]:
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await self._engine.answer(operation.request, operation.who, operation.client)
        except TimeoutError:
            error = EngineError("timeout", "the request took too long")
        except EngineError as refused:
            error = refused
        else:
            return self.protocol.data(operation.id, answer.data), self.protocol.complete(operation.id)
        say = self.protocol.refused if error.code in _EARLY else self.protocol.failed
        return say(operation.id, [self.shown(error, operation.who)])
