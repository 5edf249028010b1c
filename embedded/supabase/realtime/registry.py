"""The subscriptions of all channels, found by the table that changed."""

from dataclasses import dataclass

from embedded.supabase.realtime.bindings import Binding
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.visibility import Viewer


@dataclass(frozen=True, slots=True)
class Subscription:
    """The checked bindings of one channel; `viewer` is who its token said it is when they were checked."""

    channel: Channel
    viewer: Viewer
    bindings: tuple[Binding, ...]


class Registry:
    """At most one subscription per channel."""

    def __init__(self) -> None:
        self._subscriptions: dict[Channel, Subscription] = {}
        self._by_table: dict[tuple[str, str], list[Subscription]] = {}

    def put(self, subscription: Subscription) -> None:
        """Register, in place of what the channel had before."""
        self._subscriptions[subscription.channel] = subscription
        self._by_table.clear()

    def remove(self, channel: Channel) -> None:
        """Forget the channel's subscription."""
        if self._subscriptions.pop(channel, None) is not None:
            self._by_table.clear()

    def channels(self) -> list[Channel]:
        """Every channel with a subscription."""
        return list(self._subscriptions)

    def for_table(self, schema: str, table: str) -> list[Subscription]:
        """Every subscription with a binding that covers the table."""
        found = self._by_table.get((schema, table))
        if found is None:
            everyone = self._subscriptions.values()
            found = [s for s in everyone if any(binding.covers(schema, table) for binding in s.bindings)]
            self._by_table[schema, table] = found
        return found
