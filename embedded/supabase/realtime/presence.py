"""Who is present on a topic, as every channel of it is told."""

import secrets
from collections.abc import Callable

from embedded.supabase.json_values import Object, as_object, as_text, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.channel import Channel, Room
from embedded.supabase.realtime.frames import Version
from embedded.supabase.realtime.transport import framed

Metas = dict[str, dict[str, list[Object]]]


class Presence:
    """One meta for each channel that tracks; several channels may share a key."""

    def __init__(self, members: Callable[[Room], list[Channel]]) -> None:
        self._members = members
        self._metas: dict[Room, dict[Channel, Object]] = {}

    def state(self, room: Room) -> str:
        """The JSON of `presence_state`."""
        state: Metas = {}
        for channel, meta in self._metas.get(room, {}).items():
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
            self._begin(channel)
            self.track(channel, meta)
        elif event == "untrack":
            self.untrack(channel)
        else:
            channel.reply(ref, "error", {"reason": "Unknown presence event"})
            return
        channel.reply(ref, "ok", {})

    def track(self, channel: Channel, payload: Object) -> None:
        """Show the channel as present with `payload`; an equal payload changes nothing."""
        before = self._metas.setdefault(channel.room, {}).get(channel)
        if before is not None and _content(before) == _content(payload):
            return
        meta = {**_content(payload), "phx_ref": secrets.token_urlsafe(9)}
        if before is not None:
            meta["phx_ref_prev"] = before["phx_ref"]
        self._metas[channel.room][channel] = meta
        self._tell(channel, joined=meta, left=before)

    def untrack(self, channel: Channel) -> None:
        """Show the channel as gone, if it was present."""
        metas = self._metas.get(channel.room, {})
        before = metas.pop(channel, None)
        if not metas:
            self._metas.pop(channel.room, None)
        if before is not None:
            self._tell(channel, joined=None, left=before)

    def show(self, channel: Channel) -> None:
        """Tell a channel who is present already."""
        channel.watches_presence = True
        channel.push("presence_state", self.state(channel.room))

    def _begin(self, channel: Channel) -> None:
        if not channel.watches_presence and channel.rights.reads_presence:
            # Tracking turns presence on for a channel that joined without it.
            self.show(channel)

    def _tell(self, channel: Channel, *, joined: Object | None, left: Object | None) -> None:
        payload = compact({"joins": _entry(channel, joined), "leaves": _entry(channel, left)})
        made = dict[Version, bytes]()
        for member in self._members(channel.room):
            if member.rights.reads_presence:
                version = member.socket.version
                if version not in made:
                    made[version] = framed(frames.write(version, channel.topic, "presence_diff", payload))
                member.socket.send_framed(made[version])


def _entry(channel: Channel, meta: Object | None) -> Metas:
    return {} if meta is None else {channel.presence_key: {"metas": [meta]}}


def _content(meta: Object) -> Object:
    return {name: value for name, value in meta.items() if name not in {"phx_ref", "phx_ref_prev"}}
