"""What becomes of each message of a client, by its event."""

from collections.abc import Callable

from embedded.supabase.json_values import as_object, as_text, compact
from embedded.supabase.realtime import broadcast, private
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.frames import Inbound
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.realtime.join import admit, end, renew
from embedded.supabase.realtime.socket import Socket


def handle(hub: Hub, socket: Socket, inbound: Inbound) -> None:
    """Do what the message asks for; never waits."""
    channel = socket.channels.get(inbound.topic)
    match inbound.event:
        case "heartbeat" if inbound.topic == "phoenix":
            socket.reply("phoenix", inbound.ref, None, "ok", {})
        case "phx_join":
            admit(hub, socket, inbound)
        case "phx_leave":
            _leave(hub, socket, channel, inbound)
        case _ if channel is None:
            socket.reply(inbound.topic, inbound.ref, None, "error", {"reason": "unmatched topic"})
        case _ if inbound.join_ref not in {None, channel.join_ref}:
            pass  # meant for a channel that was replaced
        case event:
            _in_channel(hub, channel, event, inbound)


def _in_channel(hub: Hub, channel: Channel, event: str, inbound: Inbound) -> None:
    match event:
        case "access_token":
            renew(hub, channel, as_text((as_object(inbound.payload) or {}).get("access_token")))
        case "broadcast" | "presence" if not channel.socket.messages.take():
            end(hub, channel, "Too many messages per second")
        case "broadcast":
            _broadcast(hub, channel, inbound)
        case "presence":
            _presence(hub, channel, inbound)
        case _:
            pass  # the real server logs what it does not know, and stays silent


def _broadcast(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    def send() -> None:
        broadcast.handle(hub.members(channel.room), channel, inbound, hub.settings.limits.payload_max_bytes)

    _permitted(hub, channel, "broadcast", send)


def _presence(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    if not channel.presence_calls.take():
        end(hub, channel, "Client presence rate limit exceeded")
    elif len(compact(inbound.payload)) > hub.settings.limits.payload_max_bytes:
        end(hub, channel, "Track message size exceeded")
    else:
        _permitted(hub, channel, "presence", lambda: hub.presence.handle(channel, inbound.ref, inbound.payload))


def _permitted(hub: Hub, channel: Channel, extension: str, then: Callable[[], None]) -> None:
    if channel.config.private:
        hub.begin(private.permit(hub.pool, channel, extension, then))
    else:
        then()


def _leave(hub: Hub, socket: Socket, channel: Channel | None, inbound: Inbound) -> None:
    if channel is not None and inbound.join_ref not in {None, channel.join_ref}:
        return
    socket.reply(inbound.topic, inbound.ref, inbound.join_ref, "ok", {})
    if channel is not None:
        hub.remove(channel)
        channel.close()
