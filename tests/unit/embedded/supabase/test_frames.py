"""Frames of both serializers."""

import json

import pytest

from embedded.supabase.realtime.frames import (
    Inbound,
    Malformed,
    Version,
    read_binary,
    read_text,
    version_of,
    write,
    write_broadcast,
)


@pytest.mark.parametrize(
    ("text", "version"),
    [(None, Version.ONE), ("1.0.0", Version.ONE), ("2.0.0", Version.TWO), ("3.0.0", None), ("", None)],
)
def test_the_version_is_the_one_asked_for(text, version):
    assert version_of(text) is version


def test_the_first_version_reads_objects():
    frame = read_text(Version.ONE, '{"topic":"t","event":"e","payload":{"a":1},"ref":"1","join_ref":"2"}')

    assert frame == Inbound("2", "1", "t", "e", {"a": 1})


def test_the_second_version_reads_arrays():
    assert read_text(Version.TWO, '["2",null,"t","e",{}]') == Inbound("2", None, "t", "e", {})


@pytest.mark.parametrize(
    ("version", "text"),
    [
        (Version.ONE, "{}"),
        (Version.ONE, '["2",null,"t","e",{}]'),
        (Version.TWO, '["2",null,"t","e"]'),
        (Version.TWO, '[2,null,"t","e",{}]'),
        (Version.TWO, '[null,null,"t",7,{}]'),
        (Version.TWO, "nonsense"),
        (Version.TWO, "[" * 100_000),
    ],
)
def test_anything_else_is_malformed(version, text):
    with pytest.raises(Malformed):
        read_text(version, text)


def test_the_first_version_always_writes_exactly_four_keys():
    written = json.loads(write(Version.ONE, 'a "topic"', "system", '{"a":1}', join_ref="7"))

    assert written == {"topic": 'a "topic"', "event": "system", "payload": {"a": 1}, "ref": None}


def test_the_second_version_writes_five_places():
    assert json.loads(write(Version.TWO, "t", "e", "{}", ref="1", join_ref="7")) == ["7", "1", "t", "e", {}]


def test_a_binary_push_is_read_in_both_encodings():
    head = bytes([3, 1, 1, 1, 2, 0])

    as_json = read_binary(head + b"\x01" + b"12tev" + b'{"x":1}')
    as_bytes = read_binary(head + b"\x00" + b"12tev" + b"\xff\x00")

    assert (as_json.join_ref, as_json.ref, as_json.topic) == ("1", "2", "t")
    assert as_json.payload == {"type": "broadcast", "event": "ev", "payload": {"x": 1}}
    assert as_bytes.binary == b"\xff\x00"


@pytest.mark.parametrize("name", ["é".encode(), "é".encode("latin-1")])
def test_names_of_a_binary_push_are_read_from_clients_of_either_age(name):
    pushed = read_binary(bytes([3, 1, 1, 1, len(name), 0, 1]) + b"12t" + name + b"{}")

    assert pushed.payload["event"] == "é", "older clients write each letter as one byte"


@pytest.mark.parametrize(
    "data", [b"", b"\x03", b"\x01" * 20, bytes([3, 9, 9, 9, 9, 9, 1]), bytes([3, 0, 0, 0, 0, 0, 1])]
)
def test_a_binary_push_cut_short_is_malformed(data):
    with pytest.raises(Malformed):
        read_binary(data)


def test_a_name_too_long_for_its_length_byte_is_refused():
    with pytest.raises(Malformed):
        write_broadcast("t" * 256, "e", b"", is_json=True)
