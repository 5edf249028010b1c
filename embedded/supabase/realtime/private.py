"""Private channels: the rights that policies give, and the messages that are told again."""

import time
from collections.abc import Callable

from embedded.supabase.database import Pool
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime.authorization import readable, writable
from embedded.supabase.realtime.channel import Channel, Rights

_REPLAYED_MAX = 25
_KEPT_S = 72 * 3600
_REPLAYED = """
SELECT id, event, payload FROM realtime.messages
WHERE topic = $1 AND private AND extension = 'broadcast' AND inserted_at >= to_timestamp($2) AT TIME ZONE 'UTC'
ORDER BY inserted_at DESC, id LIMIT $3
"""


async def rights_of(pool: Pool, channel: Channel) -> Rights | None:
    """What the channel may read, None if nothing at all; what it may write is asked when it first writes."""
    extensions = await readable(pool, channel.claims, channel.subtopic)
    if not extensions:
        return None
    return Rights(reads_broadcast="broadcast" in extensions, reads_presence="presence" in extensions)


async def permit(pool: Pool, channel: Channel, extension: str, then: Callable[[], None]) -> None:
    """Do `then` if the channel may write; who may not gets no answer. Calls are worked off in their order."""
    async with channel.order:
        writes = channel.rights.writes
        if extension not in writes:
            writes[extension] = await writable(pool, channel.claims, channel.subtopic, extension)
        if writes[extension] and channel.joined:
            then()


async def replayed(pool: Pool, channel: Channel) -> list[str]:
    """The payloads of the messages that the join asked to hear again, oldest first."""
    wish = channel.config.replay
    if wish is None:
        return []
    since_s = max(_number(wish, "since", 0) / 1000, time.time() - _KEPT_S)
    limit = int(min(max(_number(wish, "limit", _REPLAYED_MAX), 1), _REPLAYED_MAX))
    rows = await pool.fetch(_REPLAYED, channel.subtopic, since_s, limit)
    return [
        compact(
            {
                "type": "broadcast",
                "event": row["event"],
                "payload": row["payload"],
                "meta": {"replayed": True, "id": str(row["id"])},
            }
        )
        for row in reversed(rows)
    ]


def _number(wish: Object, name: str, default: float) -> float:
    value = wish.get(name, default)
    return float(value) if isinstance(value, int | float) else default
