"""Artifacts hold bytes as text, whatever the bytes are."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.artifacts import BODY_BYTES_MAX, Artifact


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_come_back_unchanged_and_can_be_stored_as_text(data: bytes):
    artifact = Artifact.of("log", "text/plain", data)

    assert artifact.kept_bytes() == data
    assert "\0" not in artifact.body
    assert (artifact.size_bytes, artifact.truncated) == (len(data), False)
    assert artifact.digest == "sha256:" + hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("character", ["a", "ö", "€", "😀"])
def test_a_long_text_is_cut_between_characters_and_keeps_the_digest_of_all(character: str):
    data = b"x" + character.encode() * BODY_BYTES_MAX

    artifact = Artifact.of("log", "text/plain", data)

    assert artifact.truncated
    assert artifact.encoding == "utf-8"
    assert BODY_BYTES_MAX - 4 < len(artifact.kept_bytes()) <= BODY_BYTES_MAX
    assert data.startswith(artifact.kept_bytes())
    assert (artifact.digest, artifact.size_bytes) == ("sha256:" + hashlib.sha256(data).hexdigest(), len(data))


def test_what_is_not_text_is_kept_in_base64():
    assert Artifact.of("image", "image/png", b"\x89PNG\r\n").encoding == "base64"
    assert Artifact.of("nul", "text/plain", b"a\0b").encoding == "base64"
    assert Artifact.of("cut", "text/plain", b"\xe2\x82").encoding == "base64"
