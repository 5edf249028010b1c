"""One topic on one socket: what was asked for, who asks, and how it is told things."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embedded.supabase.json_values import Object, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.bindings import JoinConfig

if TYPE_CHECKING:
    from embedded.supabase.realtime.socket import Socket

PREFIX = "realtime:"


@dataclass(eq=False)
class Channel:
    """A joined channel; `token` and `claims` change when the client sends a fresh token."""

    socket: "Socket"
    topic: str
    join_ref: str | None
    config: JoinConfig
    changes: tuple[Object, ...]
    presence_key: str
    token: str
    claims: Object
    joined: bool = True
    expiry: asyncio.TimerHandle | None = None
    subscribing: asyncio.Task[None] | None = None

    @property
    def subtopic(self) -> str:
        """The topic without its prefix, as `system` messages name it."""
        return self.topic.removeprefix(PREFIX)

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
