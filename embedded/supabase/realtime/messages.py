"""What becomes of each message of a client, by its event."""

from embedded.supabase.json_values import as_object, as_text
from embedded.supabase.realtime import broadcast
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.frames import Inbound
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.realtime.join import admit, renew
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
        case "broadcast":
            broadcast.handle(hub.members(inbound.topic), channel, inbound)
        case "presence":
            hub.presence.handle(channel, inbound.ref, inbound.payload)
        case _:
            pass  # the real server logs what it does not know, and stays silent


def _leave(hub: Hub, socket: Socket, channel: Channel | None, inbound: Inbound) -> None:
    if channel is not None and inbound.join_ref not in {None, channel.join_ref}:
        return
    socket.reply(inbound.topic, inbound.ref, inbound.join_ref, "ok", {})
    if channel is not None:
        hub.remove(channel)
        channel.close()
