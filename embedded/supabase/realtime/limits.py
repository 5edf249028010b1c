"""Limits on what clients may do, with the figures of the real server where it has one."""

from dataclasses import dataclass

from embedded.supabase.buckets import Bucket


@dataclass(frozen=True, slots=True)
class RealtimeLimits:
    """What one gateway allows; rates are means over a minute, so that short bursts pass."""

    sockets_max: int = 5_000
    channels_max: int = 100
    joins_per_s: float = 100.0
    messages_per_s: float = 100.0
    presence_calls: int = 5
    presence_window_s: float = 30.0
    payload_max_bytes: int = 3_000_000

    def joins(self) -> Bucket:
        """The joins that one gateway has left."""
        return _minute(self.joins_per_s)

    def messages(self) -> Bucket:
        """The messages that one socket has left."""
        return _minute(self.messages_per_s)

    def presence(self) -> Bucket:
        """The presence calls that one channel has left."""
        return Bucket(self.presence_calls / self.presence_window_s, self.presence_calls)


def _minute(per_s: float) -> Bucket:
    return Bucket(per_s, per_s * 60)
