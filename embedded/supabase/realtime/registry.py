"""The subscriptions of all channels, found by the table that changed."""

from dataclasses import dataclass

from embedded.supabase.json_values import Object
from embedded.supabase.realtime.bindings import Binding
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.visibility import role_of

# Always looked at, so that a table need not be read again when the first of them subscribes.
_USUAL_ROLES = frozenset({"anon", "authenticated", "service_role"})


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    """The checked bindings of one channel; `claims` are those of its token when they were checked."""

    channel: Channel
    claims: Object
    bindings: tuple[Binding, ...]


class Registry:
    """At most one subscription per channel; `version` grows with every change of them."""

    def __init__(self) -> None:
        self.version = 0
        self.roles = _USUAL_ROLES
        self._subscriptions: dict[Channel, Subscription] = {}
        self._by_table: dict[tuple[str, str], list[Subscription]] = {}

    def put(self, subscription: Subscription) -> None:
        """Register, in place of what the channel had before."""
        self._subscriptions[subscription.channel] = subscription
        self.roles |= {role_of(subscription.claims)}
        self._changed()

    def remove(self, channel: Channel) -> None:
        """Forget the channel's subscription."""
        if self._subscriptions.pop(channel, None) is not None:
            self._changed()

    def holds(self, subscription: Subscription) -> bool:
        """Whether this is still what its channel is to be told."""
        return self._subscriptions.get(subscription.channel) is subscription

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

    def _changed(self) -> None:
        self.version += 1
        self._by_table.clear()
