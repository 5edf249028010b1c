"""Who may join a topic, and for how long: tokens at the join, renewed tokens, and tokens that run out."""

import asyncio
import time
from uuid import uuid4

from embedded.supabase.json_values import Object, as_object, as_text
from embedded.supabase.realtime.bindings import identified, read_config
from embedded.supabase.realtime.channel import PREFIX, Channel
from embedded.supabase.realtime.frames import Inbound, Version
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.realtime.socket import Socket
from embedded.supabase.tokens import TokenError, expired_text, verify

_CHANNELS_MAX = 100
_PUBLISHABLE = "sb_"  # keys of the new kind name the project, not a person
_TIMER_MAX_S = 86_400.0


def admit(hub: Hub, socket: Socket, inbound: Inbound) -> None:
    """Join the topic, or answer why not."""
    token = _token(socket, inbound.payload)
    try:
        claims = verify(hub.settings.jwt_secret, token)
    except TokenError as error:
        _refuse(socket, inbound, f"{error.code}: {error.message}")
        return
    config = read_config(inbound.payload)
    reason = _reason_against(socket, inbound.topic, private=config.private)
    if reason is not None:
        _refuse(socket, inbound, reason)
        return
    before = socket.channels.get(inbound.topic)
    if before is not None:
        hub.remove(before)
    channel = Channel(
        socket=socket,
        topic=inbound.topic,
        join_ref=inbound.join_ref or inbound.ref,
        config=config,
        changes=tuple(identified(change) for change in config.changes),
        presence_key=config.presence_key or str(uuid4()),
        token=token,
        claims=claims,
    )
    hub.add(channel)
    _watch_expiry(hub, channel)
    subscribing = hub.subscribe(channel)
    if config.wait and subscribing is not None:
        subscribing.add_done_callback(lambda task: None if task.cancelled() else _welcome(hub, channel, inbound))
    else:
        _welcome(hub, channel, inbound)
    # On the first version a client would take the old channel's close for the new one's.
    if before is not None and socket.version is Version.TWO:
        before.close()


def renew(hub: Hub, channel: Channel, token: str | None) -> None:
    """Let a fresh token govern the channel from now on, or close the channel if it does not hold."""
    if not token or token.startswith(_PUBLISHABLE) or token == channel.token:
        return
    try:
        channel.claims = verify(hub.settings.jwt_secret, token)
    except TokenError as error:
        _end(hub, channel, ":signature_error" if error.code == "JwtSignatureError" else error.message)
        return
    channel.token = token
    _watch_expiry(hub, channel)
    hub.subscribe(channel)


def _welcome(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    if not channel.joined:
        return
    channel.reply(inbound.ref, "ok", {"postgres_changes": list(channel.changes)})
    if channel.config.presence:
        channel.push("presence_state", hub.presence.state(channel.topic))


def _token(socket: Socket, payload: object) -> str:
    fields: Object = as_object(payload) or {}
    token = as_text(fields.get("user_token")) or as_text(fields.get("access_token")) or socket.token
    return socket.token if token.startswith(_PUBLISHABLE) else token


def _reason_against(socket: Socket, topic: str, *, private: bool) -> str | None:
    subtopic = topic.removeprefix(PREFIX)
    if not topic.startswith(PREFIX) or not subtopic:
        return "TopicNameRequired: You must provide a topic name"
    if private:
        text = f"You do not have permissions to read from this Channel topic: {subtopic}"
        return f"Unauthorized: {text} (private channels are not supported by the embedded gateway)"
    if topic not in socket.channels and len(socket.channels) >= _CHANNELS_MAX:
        return "ChannelRateLimitReached: Too many channels"
    return None


def _refuse(socket: Socket, inbound: Inbound, reason: str) -> None:
    join_ref = inbound.join_ref or inbound.ref
    socket.reply(inbound.topic, inbound.ref, join_ref, "error", {"reason": reason})


def _watch_expiry(hub: Hub, channel: Channel) -> None:
    if channel.expiry is not None:
        channel.expiry.cancel()
    wait_s = min(max(0.0, channel.claims["exp"] - time.time()), _TIMER_MAX_S)
    channel.expiry = asyncio.get_running_loop().call_later(wait_s, _expire, hub, channel)


def _expire(hub: Hub, channel: Channel) -> None:
    if channel.claims["exp"] > time.time():
        _watch_expiry(hub, channel)
    else:
        _end(hub, channel, expired_text(channel.claims["exp"]))


def _end(hub: Hub, channel: Channel, message: str) -> None:
    hub.remove(channel)
    channel.system("system", "error", message)
    channel.close()
