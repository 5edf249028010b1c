"""Who is present on a topic, as every channel of it is told."""

import secrets
from collections.abc import Callable

from embedded.supabase.json_values import Object, as_object, as_text, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.channel import Channel

Metas = dict[str, dict[str, list[Object]]]


class Presence:
    """One meta for each channel that tracks; several channels may share a key."""

    def __init__(self, members: Callable[[str], list[Channel]]) -> None:
        self._members = members
        self._metas: dict[str, dict[Channel, Object]] = {}

    def state(self, topic: str) -> str:
        """The JSON of `presence_state`."""
        state: Metas = {}
        for channel, meta in self._metas.get(topic, {}).items():
            state.setdefault(channel.presence_key, {"metas": []})["metas"].append(meta)
        return compact(state)

    def handle(self, channel: Channel, ref: str | None, payload: object) -> None:
        """Track or untrack as the message says, and answer it."""
        message = as_object(payload) or {}
        event = (as_text(message.get("event")) or "").lower()
        meta = as_object(message.get("payload", {}))
        if event == "track" and meta is None:
            channel.reply(ref, "error", {"reason": "Presence track payload must be a map"})
            return
        if event == "track" and meta is not None:
            self.track(channel, meta)
        elif event == "untrack":
            self.untrack(channel)
        else:
            channel.reply(ref, "error", {"reason": "Unknown presence event"})
            return
        channel.reply(ref, "ok", {})

    def track(self, channel: Channel, payload: Object) -> None:
        """Show the channel as present with `payload`; an equal payload changes nothing."""
        before = self._metas.setdefault(channel.topic, {}).get(channel)
        if before is not None and _content(before) == payload:
            return
        meta = {**payload, "phx_ref": secrets.token_urlsafe(9)}
        if before is not None:
            meta["phx_ref_prev"] = before["phx_ref"]
        self._metas[channel.topic][channel] = meta
        self._tell(channel, joined=meta, left=before)

    def untrack(self, channel: Channel) -> None:
        """Show the channel as gone, if it was present."""
        metas = self._metas.get(channel.topic, {})
        before = metas.pop(channel, None)
        if not metas:
            self._metas.pop(channel.topic, None)
        if before is not None:
            self._tell(channel, joined=None, left=before)

    def _tell(self, channel: Channel, *, joined: Object | None, left: Object | None) -> None:
        diff = {"joins": _entry(channel, joined), "leaves": _entry(channel, left)}
        payload = compact(diff)
        for member in self._members(channel.topic):
            frame = frames.write(member.socket.version, channel.topic, "presence_diff", payload)
            member.socket.send(frame)


def _entry(channel: Channel, meta: Object | None) -> Metas:
    return {} if meta is None else {channel.presence_key: {"metas": [meta]}}


def _content(meta: Object) -> Object:
    return {name: value for name, value in meta.items() if name not in {"phx_ref", "phx_ref_prev"}}
