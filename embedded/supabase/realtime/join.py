"""Who may join a topic, and for how long: tokens at the join, renewed tokens, and tokens that run out."""

import asyncio
import time
from uuid import uuid4

from embedded.supabase.json_values import Object, as_object, as_text
from embedded.supabase.realtime import private
from embedded.supabase.realtime.bindings import JoinConfig, identified, read_config
from embedded.supabase.realtime.channel import PREFIX, Channel, Rights
from embedded.supabase.realtime.frames import Inbound, Version
from embedded.supabase.realtime.hub import Hub
from embedded.supabase.realtime.socket import Socket
from embedded.supabase.tokens import TokenError, expired_text, verify

_PUBLISHABLE = "sb_"  # keys of the new kind name the project, not a person
_TIMER_MAX_S = 86_400.0
_GOING_AWAY = 1001


def admit(hub: Hub, socket: Socket, inbound: Inbound) -> None:
    """Join the topic, or answer why not; private topics are joined once the database was asked."""
    if not hub.joins.take():
        _refuse(socket, inbound, "ClientJoinRateLimitReached: Too many joins per second")
        hub.begin(socket.close(_GOING_AWAY))
        return
    config = read_config(inbound.payload)
    reason = _reason_against(hub, socket, inbound.topic, config)
    if reason is not None:
        _refuse(socket, inbound, reason)
        return
    token = _token(socket, inbound.payload)
    try:
        claims = verify(hub.settings.jwt_secret, token)
    except TokenError as error:
        _refuse(socket, inbound, f"{error.code}: {error.message}")
        return
    channel = Channel(
        socket=socket,
        topic=inbound.topic,
        join_ref=inbound.join_ref or inbound.ref,
        config=config,
        changes=tuple(identified(change) for change in config.changes),
        presence_key=config.presence_key or str(uuid4()),
        presence_calls=hub.settings.limits.presence(),
        token=token,
        claims=claims,
    )
    if config.private:
        hub.begin(_admit_privately(hub, channel, inbound))
    else:
        _seat(hub, channel, inbound)


def renew(hub: Hub, channel: Channel, token: str | None) -> None:
    """Let a fresh token govern the channel from now on, or close the channel if it does not hold."""
    if not token or token.startswith(_PUBLISHABLE) or token == channel.token:
        return
    try:
        channel.claims = verify(hub.settings.jwt_secret, token)
    except TokenError as error:
        end(hub, channel, ":signature_error" if error.code == "JwtSignatureError" else error.message)
        return
    channel.token = token
    _watch_expiry(hub, channel)
    if channel.config.private:
        hub.begin(_check_again(hub, channel))
    hub.subscribe(channel)


def end(hub: Hub, channel: Channel, message: str) -> None:
    """Close the channel for a reason; its client stays away."""
    hub.remove(channel)
    channel.system("system", "error", message)
    channel.close()


async def _admit_privately(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    try:
        rights = await private.rights_of(hub.pool, channel)
        messages = await private.replayed(hub.pool, channel)
    except hub.DATABASE_FAULTS:
        _refuse(channel.socket, inbound, "Realtime was unable to connect to the project database")
        return
    if rights is None:
        text = f"Unauthorized: You do not have permissions to read from this Channel topic: {channel.subtopic}"
        _refuse(channel.socket, inbound, text)
        return
    channel.rights = rights
    if not channel.socket.is_open:
        return
    _seat(hub, channel, inbound)
    for message in messages:
        channel.push("broadcast", message)


async def _check_again(hub: Hub, channel: Channel) -> None:
    async with channel.order:
        try:
            rights = await private.rights_of(hub.pool, channel)
        except hub.DATABASE_FAULTS:
            # It joins again, and is checked then.
            rights = Rights(reads_broadcast=False, reads_presence=False)
            hub.remove(channel)
            channel.fail()
        if rights is not None:
            channel.rights = rights
        elif channel.joined:
            end(hub, channel, f"You no longer have permission to read from this Channel topic: {channel.subtopic}")


def _seat(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    socket = channel.socket
    before = socket.channels.get(channel.topic)
    if before is not None:
        hub.remove(before)
    hub.add(channel)
    _watch_expiry(hub, channel)
    subscribing = hub.subscribe(channel)
    if channel.config.wait and subscribing is not None:
        subscribing.add_done_callback(lambda task: None if task.cancelled() else _welcome(hub, channel, inbound))
    else:
        _welcome(hub, channel, inbound)
    # On the first version a client would take the old channel's close for the new one's.
    if before is not None and socket.version is Version.TWO:
        before.close()


def _welcome(hub: Hub, channel: Channel, inbound: Inbound) -> None:
    if not channel.joined:
        return
    channel.reply(inbound.ref, "ok", {"postgres_changes": list(channel.changes)})
    if channel.config.presence and channel.rights.reads_presence:
        hub.presence.show(channel)
    if channel.config.tells_when_ready:
        hub.tell_when_streaming(channel)


def _token(socket: Socket, payload: object) -> str:
    fields: Object = as_object(payload) or {}
    token = as_text(fields.get("user_token")) or as_text(fields.get("access_token")) or socket.token
    return socket.token if token.startswith(_PUBLISHABLE) else token


def _reason_against(hub: Hub, socket: Socket, topic: str, config: JoinConfig) -> str | None:
    if not topic.startswith(PREFIX) or not topic.removeprefix(PREFIX):
        return "TopicNameRequired: You must provide a topic name"
    if topic not in socket.channels and len(socket.channels) >= hub.settings.limits.channels_max:
        return "ChannelRateLimitReached: Too many channels"
    if config.replay is not None and not config.private:
        return "UnableToReplayMessages: Replay is not allowed for public channels"
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
        end(hub, channel, expired_text(channel.claims["exp"]))
