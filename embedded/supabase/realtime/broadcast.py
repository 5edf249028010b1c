"""Messages that clients send one another; nothing is stored."""

from collections.abc import Iterable

from embedded.supabase.json_values import Object, as_object, as_text, compact
from embedded.supabase.realtime import frames
from embedded.supabase.realtime.channel import Channel
from embedded.supabase.realtime.frames import Inbound, Malformed, Version
from embedded.supabase.realtime.transport import framed


def handle(members: Iterable[Channel], sender: Channel, inbound: Inbound, payload_max_bytes: int) -> None:
    """Pass a client's broadcast on to the other channels of its topic, and answer if it asked for that."""
    message = as_object(inbound.payload)
    event = as_text(message.get("event")) if message is not None else None
    if message is None or event is None:
        return
    size = len(inbound.binary) if inbound.binary is not None else len(compact(message))
    if size <= payload_max_bytes:
        receivers = [channel for channel in members if channel is not sender or channel.config.echo]
        if inbound.binary is not None:
            fan_out_bytes(receivers, inbound.topic, event, inbound.binary)
        else:
            fan_out(receivers, inbound.topic, message, as_binary=inbound.in_binary_frame)
    if sender.config.acknowledge:
        fits = size <= payload_max_bytes
        status, response = ("ok", {}) if fits else ("error", {"reason": "payload_size_exceeded"})
        sender.reply(inbound.ref, status, response)


def fan_out(members: Iterable[Channel], topic: str, message: Object, *, as_binary: bool) -> None:
    """Send a JSON broadcast: text to the first version, and to the second in the form it came in."""
    made = dict[Version, bytes]()
    for channel in members:
        if not channel.rights.reads_broadcast:
            continue
        version = channel.socket.version
        if version not in made:
            made[version] = framed(_frame(version, topic, message, as_binary=as_binary))
        channel.socket.send_framed(made[version])


def fan_out_bytes(members: Iterable[Channel], topic: str, event: str, body: bytes) -> None:
    """Send raw bytes to those who can read them; the first version has no frame for them."""
    try:
        frame = framed(frames.write_broadcast(topic, event, body, is_json=False))
    except Malformed:
        return
    for channel in members:
        if channel.socket.version is Version.TWO and channel.rights.reads_broadcast:
            channel.socket.send_framed(frame)


def _frame(version: Version, topic: str, message: Object, *, as_binary: bool) -> str | bytes:
    if as_binary and version is Version.TWO:
        body = compact(message.get("payload", {})).encode()
        try:
            return frames.write_broadcast(topic, str(message.get("event")), body, is_json=True)
        except Malformed:
            # Names too long for a binary frame travel as text.
            return frames.write(version, topic, "broadcast", compact(message))
    return frames.write(version, topic, "broadcast", compact(message))
