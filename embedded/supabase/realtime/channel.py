"""One topic on one socket: what was asked for, who asks, and how it is told things."""

import asyncio
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from embedded.supabase.buckets import Bucket
from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.bindings import JoinConfig
from embedded.supabase.realtime.frames import Version

if TYPE_CHECKING:
    from embedded.supabase.realtime.socket import Socket

PREFIX = "realtime:"
Room = tuple[str, bool]
"""A topic and whether it is the private one of that name."""


@dataclass
class Rights:
    """What the policies on realtime.messages let a private channel do; None means that nobody asked yet."""

    reads_broadcast: bool = True
    reads_presence: bool = True
    writes: dict[str, bool] = field(default_factory=dict[str, bool])


@dataclass(eq=False)
class Channel:
    """A joined channel; `token`, `claims` and `rights` change when the client sends a fresh token."""

    socket: "Socket"
    topic: str
    join_ref: str | None
    config: JoinConfig
    changes: tuple[Object, ...]
    presence_key: str
    presence_calls: Bucket
    token: str
    claims: Object
    rights: Rights = field(default_factory=Rights)
    watches_presence: bool = False
    joined: bool = True
    expiry: asyncio.TimerHandle | None = None
    subscribing: asyncio.Task[None] | None = None
    # Checks of rights end in the order they were asked for, and so do the messages that wait for them.
    order: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def room(self) -> Room:
        """Where it meets other channels."""
        return self.topic, self.config.private

    @property
    def subtopic(self) -> str:
        """The topic without its prefix, as `system` messages name it."""
        return self.topic.removeprefix(PREFIX)

    @cached_property
    def envelope(self) -> tuple[bytes, bytes]:
        """What stands before and after the payload of every row change."""
        topic = json.dumps(self.topic)
        if self.socket.version is Version.ONE:
            return f'{{"topic":{topic},"event":"postgres_changes","payload":'.encode(), b',"ref":null}'
        return f'[null,null,{topic},"postgres_changes",'.encode(), b"]"

    def push(self, event: str, payload: str) -> None:
        """Tell this channel something that concerns it alone; the second version marks it with the join's ref."""
        self.socket.send(frames.write(self.socket.version, self.topic, event, payload, join_ref=self.join_ref))

    def system(self, extension: str, status: str, message: str) -> None:
        """Tell the channel how its subscription or its token fares."""
        text = {"extension": extension, "status": status, "message": message, "channel": self.subtopic}
        self.push("system", compact(text))

    def reply(self, ref: str | None, status: str, response: Object) -> None:
        """Answer the message that had `ref`."""
        self.socket.reply(self.topic, ref, self.join_ref, status, response)

    def fail(self) -> None:
        """Tell the client that the channel broke; it will join again."""
        self._leave_word("phx_error")

    def close(self) -> None:
        """Tell the client that the channel is closed; it will stay away."""
        self._leave_word("phx_close")

    def _leave_word(self, event: str) -> None:
        version = self.socket.version
        frame = frames.write(version, self.topic, event, "{}", ref=self.join_ref, join_ref=self.join_ref)
        self.socket.send(frame)
