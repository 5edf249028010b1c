"""All subscriptions of an engine: who wants what, and which poller asks for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import Wire, bind
from embedded.hasura.execute.compile import Compiled, Request
from embedded.hasura.settings import Settings
from embedded.hasura.sql.multiplexed import Multiplexed
from embedded.hasura.subscriptions.answer import AnswerShape, answer_shape
from embedded.hasura.subscriptions.explain import explained
from embedded.hasura.subscriptions.live import LivePoller
from embedded.hasura.subscriptions.poller import Place, Poller
from embedded.hasura.subscriptions.pool import PollPool
from embedded.hasura.subscriptions.repeated import Repeater
from embedded.hasura.subscriptions.sink import Sink
from embedded.hasura.subscriptions.streams import StreamPoller

# The names of root fields are no part of a statement, but of the answer's shape.
_Key = tuple[str, str, AnswerShape]


@dataclass(frozen=True)
class Wanted:
    """What somebody subscribed to. `answer` asks for it once, by the ordinary way of queries."""

    request: Request
    who: Identity
    compile: Callable[[], Compiled]
    answer: Callable[[], Awaitable[str]]


class Subscription:
    """One subscription that is under way."""

    def __init__(self, wanted: Wanted, sink: Sink, hub: "Subscriptions") -> None:
        self.wanted = wanted
        self.sink = sink
        self._hub = hub

    def stop(self) -> None:
        """End it; nothing is handed to its sink any more."""
        self._hub.remove(self)


class Subscriptions:
    """Takes subscriptions in, and ends them."""

    def __init__(self, settings: Settings) -> None:
        self._live = settings.live_queries
        self._streaming = settings.streaming_queries
        self._pool = PollPool(settings.database_url, settings.limits.timeout_ms)
        # An engine that leaves the calls to others (0) still tells what became of them.
        self._repeater = Repeater(settings.async_actions_interval_ms or Settings.async_actions_interval_ms)
        self._pollers: dict[_Key, Poller] = {}
        self._places: dict[Subscription, Place] = {}

    def add(self, wanted: Wanted, sink: Sink) -> Subscription:
        """A subscription whose answers go to `sink`.

        Raises:
            EngineError: what is wrong with the request.
        """
        subscription = Subscription(wanted, sink, self)
        self._places[subscription] = self._enter(subscription)
        return subscription

    def remove(self, subscription: Subscription) -> None:
        """End a subscription; ending it twice is nothing."""
        place = self._places.pop(subscription, None)
        if place is not None:
            place.leave()

    async def explain(self, compiled: Compiled, request: Request, who: Identity) -> dict[str, Any]:
        """What a subscription's statement is, and what it depends on.

        Raises:
            EngineError: whatever is wrong with it; invalid-params, if it is more than one statement.
        """
        if compiled.multiplexed is None:
            raise EngineError("invalid-params", "async action queries cannot be explained")
        wires = bound(compiled.multiplexed, compiled, request, who)
        return await explained(self._pool, compiled.multiplexed, wires, who.session)

    def renew(self) -> None:
        """Ask for everything by the metadata as it is now; what does not fit it any more is refused."""
        for subscription, place in list(self._places.items()):
            place.leave()
            try:
                self._places[subscription] = self._enter(subscription, place.position())
            except EngineError as error:
                del self._places[subscription]
                subscription.sink.refused(error)

    async def close(self) -> None:
        """End everything."""
        self._places.clear()
        await asyncio.gather(self._repeater.close(), *(poller.close() for poller in self._pollers.values()))
        self._pollers.clear()
        await self._pool.close()

    def _enter(self, subscription: Subscription, position: Wire = None) -> Place:
        wanted, sink = subscription.wanted, subscription.sink
        compiled = wanted.compile()
        if compiled.multiplexed is None:
            return self._repeater.add(wanted.answer, sink)
        wires = bound(compiled.multiplexed, compiled, wanted.request, wanted.who)
        return self._poller(compiled.multiplexed, compiled, wanted.who.role).add(wires, sink, position)

    def _poller(self, statement: Multiplexed, compiled: Compiled, role: str) -> Poller:
        shape = answer_shape(compiled.plan)
        key = (role, statement.sql, shape)
        poller = self._pollers.get(key)
        if poller is None:

            def ended() -> None:
                if self._pollers.get(key) is made:
                    del self._pollers[key]

            if statement.position is None:
                made = LivePoller(self._pool, statement, shape, self._live, ended)
            else:
                made = StreamPoller(self._pool, statement, shape, self._streaming, ended)
            poller = self._pollers[key] = made
        return poller


def bound(statement: Multiplexed, compiled: Compiled, request: Request, who: Identity) -> list[Wire]:
    """The parameters of one subscriber.

    Raises:
        EngineError: validation-failed for a variable that does not fit, not-found for a missing session variable.
    """
    variables: dict[str, Any] = {**compiled.defaults, **request.variables}
    return bind(statement.parameters, variables, who.session)
