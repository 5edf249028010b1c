"""Frames of both serializer versions: JSON objects (1.0.0), JSON arrays and two binary kinds (2.0.0)."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from embedded.supabase.json_values import as_list, as_object, parse

_USER_PUSH = 3
_USER_BROADCAST = 4
_RAW, _JSON = 0, 1
_PUSH_HEADER = 7
_ARRAY_MIN = 5
_LENGTH_MAX = 255


class Version(Enum):
    """The serializer that a socket speaks."""

    ONE = "1.0.0"
    TWO = "2.0.0"


class Malformed(ValueError):  # noqa: N818  - it says what the frame is
    """A frame that no client of either version sends."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a client sent; `binary` is the payload of a broadcast that is bytes, not JSON."""

    join_ref: str | None
    ref: str | None
    topic: str
    event: str
    payload: Any
    binary: bytes | None = None
    in_binary_frame: bool = False


def version_of(text: str | None) -> Version | None:
    """The serializer for a `vsn` parameter; missing means the first, None means that we do not speak it."""
    if text is None or text.startswith("1.0."):
        return Version.ONE
    return Version.TWO if text.startswith("2.0.") else None


def read_text(version: Version, text: str) -> Inbound:
    """The message in a text frame.

    Raises:
        Malformed: if it is none.
    """
    try:
        value = parse(text)
    except ValueError as error:
        raise Malformed(str(error)) from error
    if version is Version.ONE:
        fields = as_object(value)
        if fields is None or not {"topic", "event", "payload", "ref"} <= fields.keys():
            raise Malformed("not an object with topic, event, payload and ref")
        return _checked([fields.get("join_ref"), fields["ref"], fields["topic"], fields["event"], fields["payload"]])
    parts = as_list(value)
    if parts is None or len(parts) < _ARRAY_MIN:
        raise Malformed("not an array of five")
    return _checked(parts)


def read_binary(data: bytes) -> Inbound:
    """The message in a binary frame, which is a broadcast push.

    Raises:
        Malformed: if it is none, or of a kind that no client uses.
    """
    if len(data) < _PUSH_HEADER or data[0] != _USER_PUSH:
        raise Malformed("not a broadcast push")
    sizes, encoding = data[1:6], data[6]
    if encoding not in {_RAW, _JSON} or len(data) < _PUSH_HEADER + sum(sizes):
        raise Malformed("a broadcast push cut short")
    texts, at = list[str](), _PUSH_HEADER
    for size in sizes:
        texts.append(_name(data[at : at + size]))
        at += size
    join_ref, ref, topic, event, _metadata = texts
    payload: dict[str, Any] = {"type": "broadcast", "event": event}
    if encoding == _RAW:
        return Inbound(join_ref or None, ref or None, topic, "broadcast", payload, data[at:], in_binary_frame=True)
    try:
        payload["payload"] = parse(data[at:])
    except ValueError as error:
        raise Malformed(str(error)) from error
    return Inbound(join_ref or None, ref or None, topic, "broadcast", payload, in_binary_frame=True)


def _name(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        # Older JavaScript clients write each letter as one byte.
        return data.decode("latin-1")


def write(
    version: Version, topic: str, event: str, payload: str, *, ref: str | None = None, join_ref: str | None = None
) -> str:
    """The text frame for `payload`, which is JSON already; the first version never names `join_ref`."""
    if version is Version.ONE:
        return (
            f'{{"topic":{json.dumps(topic)},"event":{json.dumps(event)},"payload":{payload},"ref":{json.dumps(ref)}}}'
        )
    head = ",".join(json.dumps(part) for part in (join_ref, ref, topic, event))
    return f"[{head},{payload}]"


def write_broadcast(topic: str, event: str, payload: bytes, *, is_json: bool) -> bytes:
    """The binary frame of a broadcast, for the second version.

    Raises:
        Malformed: if a name is too long for its length byte.
    """
    names = [topic.encode(), event.encode(), b""]
    if any(len(name) > _LENGTH_MAX for name in names):
        raise Malformed("topic or event is too long for a binary frame")
    head = bytes([_USER_BROADCAST, *(len(name) for name in names), _JSON if is_json else _RAW])
    return head + b"".join(names) + payload


def _checked(parts: list[Any]) -> Inbound:
    join_ref, ref, topic, event, payload = parts[:5]
    if not isinstance(topic, str) or not isinstance(event, str):
        raise Malformed("topic and event must be strings")
    if not isinstance(join_ref, str | None) or not isinstance(ref, str | None):
        raise Malformed("refs must be strings or null")
    return Inbound(join_ref, ref, topic, event, payload)
