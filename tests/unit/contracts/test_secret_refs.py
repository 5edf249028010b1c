"""Secret references: strict to read, exact to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.secret_refs import Backend, SecretRef, SecretRefError


def test_a_reference_is_read_and_written_back_unchanged():
    text = "secret://vault/acme/git/deploy-key#private.key"

    ref = SecretRef.parse(text)

    assert ref == SecretRef(Backend.VAULT, "acme/git/deploy-key", "private.key")
    assert str(ref) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://vault/a#b", "starts with secret://"),
        ("SECRET://file/a#b", "starts with secret://"),
        (" secret://file/a#b", "starts with secret://"),
        ("secret://keychain/a#b", "one of the backends env, file, vault"),
        ("secret://File/a#b", "one of the backends"),
        ("secret://file#b", "path after its backend"),
        ("secret://file/#b", "path after its backend"),
        ("secret://file/a", "ends with # and the key"),
        ("secret://file/a#", "ends with # and the key"),
        ("secret://file//a#b", "no empty part"),
        ("secret://file/a/#b", "no empty part"),
        ("secret://file/../a#b", "letters, digits"),
        ("secret://file/a/./b#c", "letters, digits"),
        ("secret://file/a%2fb#c", "letters, digits"),
        ("secret://file/a?version=1#c", "letters, digits"),
        ("secret://file/a#b#c", "letters, digits"),
        ("secret://file/a#b\n", "letters, digits"),
        ("secret://file/ä#b", "letters, digits"),
        ("secret://env/a__b#c", "single underscores"),
        ("secret://env/a-b#c", "single underscores"),
        ("secret://file/" + "a" * 600 + "#b", "512 characters"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, why: str):
    with pytest.raises(SecretRefError, match=why):
        SecretRef.parse(text)


def test_the_refusal_does_not_repeat_what_may_be_a_value():
    with pytest.raises(SecretRefError) as refused:
        SecretRef.parse("secret://file/hunter2 is my password#k")

    assert "hunter2" not in str(refused.value)


@given(st.text(max_size=60))
def test_no_text_is_read_as_something_that_is_written_differently(text: str):
    try:
        ref = SecretRef.parse("secret://file/" + text)
    except SecretRefError:
        return

    assert str(ref) == "secret://file/" + text


def test_a_path_lies_under_a_prefix_only_by_whole_segments():
    ref = SecretRef.parse("secret://file/acme/git#token")

    assert ref.lies_under("acme")
    assert ref.lies_under("acme/git")
    assert not ref.lies_under("ac")
    assert not ref.lies_under("acme/gi")
