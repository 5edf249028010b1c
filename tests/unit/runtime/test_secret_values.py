"""A secret value does not show itself, and is taken out of what was written down."""

import base64
import copy
import dataclasses
import json
import pickle
import traceback
import urllib.parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.failures import Failure
from runtime.secrets import SecretValue, redact
from tests.contract.laws.canary.values import writings

VALUE = 'p/4+ss"w\\örd?&=%'


@dataclasses.dataclass(frozen=True)
class Holder:
    value: SecretValue


def test_printing_formatting_and_tracebacks_show_nothing():
    secret = SecretValue(VALUE)
    trace = "".join(traceback.format_exception(ValueError(secret, Holder(secret))))

    shown = [repr(secret), str(secret), f"{secret:>40}", "%s" % secret, repr(Holder(secret)), repr([secret]), trace]  # noqa: UP031  - one of the ways

    assert not any(VALUE in text or VALUE[:4] in text for text in shown)
    assert not hasattr(secret, "__dict__")


@pytest.mark.parametrize(
    "leak", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, lambda s: dataclasses.asdict(Holder(s))]
)
def test_copies_and_serial_forms_are_refused(leak):
    with pytest.raises(TypeError):
        leak(SecretValue(VALUE))


def test_the_value_is_given_only_when_asked_for_by_name():
    assert SecretValue(VALUE).reveal() == VALUE
    assert SecretValue(VALUE).is_same(SecretValue(VALUE))
    assert not SecretValue(VALUE).is_same(SecretValue(VALUE + "x"))


@pytest.mark.parametrize(
    "written",
    [
        VALUE,
        base64.b64encode(VALUE.encode()).decode(),
        base64.urlsafe_b64encode(VALUE.encode()).decode(),
        base64.b64encode(f"user:{VALUE}".encode()).decode(),
        base64.b64encode(f"another:{VALUE}:and more".encode()).decode(),
        base64.b64encode(f"ab{VALUE}".encode()).decode(),
        urllib.parse.quote(VALUE, safe=""),
        urllib.parse.quote(VALUE, safe="").lower(),
        urllib.parse.quote_plus(VALUE),
        json.dumps(VALUE),
        json.dumps(VALUE, ensure_ascii=False),
        VALUE.encode().hex(),
    ],
)
def test_the_value_is_taken_out_in_every_usual_writing(written: str):
    text = f"before {written} after".encode()

    clean = redact(text, [SecretValue(VALUE)])

    assert clean.startswith(b"before ")
    assert clean.endswith(b" after")
    assert b"[redacted]" in clean
    assert written.encode() not in clean


@pytest.mark.parametrize("how", writings(VALUE))
def test_each_letter_may_be_escaped_in_a_way_of_its_own(how: str):
    text = f"before {writings(VALUE)[how]} after".encode()

    clean = redact(text, [SecretValue(VALUE)])

    assert b"[redacted]" in clean
    assert len(clean) <= len(b"before https://user:[redacted]@host.test/ after")


def test_base64_is_taken_out_when_it_is_broken_into_lines():
    value = VALUE * 5

    clean = redact(base64.encodebytes(value.encode()), [SecretValue(value)])

    assert clean.rstrip(b"=\n").removeprefix(b"[redacted]") in {b"", *(bytes((one,)) for one in range(256))}


def test_utf_8_that_was_taken_for_latin_1_is_taken_out():
    text = VALUE.encode().decode("latin-1").encode()

    assert redact(text, [SecretValue(VALUE)]) == b"[redacted]"


# Each value has patterns of its own, and compiling those takes as long as the machine lets it.
@settings(deadline=None, max_examples=50)
@given(st.text(min_size=8, max_size=40).filter(str.strip), st.binary(max_size=20), st.binary(max_size=20))
def test_what_is_left_of_an_embedded_base64_text_does_not_tell_the_value(value: str, before: bytes, behind: bytes):
    plain = value.encode()
    text = base64.b64encode(before + plain + behind)

    clean = redact(text, [SecretValue(value)])

    assert b"[redacted]" in clean
    # At most the characters that carry bits of both the value and its neighbours stay.
    assert len(clean) - len(b"[redacted]") * clean.count(b"[redacted]") <= len(text) - len(plain)


def test_a_key_of_many_lines_is_taken_out_line_by_line_too():
    key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\nQEFAASCAUAwggE8AgEA\n-----END KEY-----\n"
    shown = key.replace("\n", "\r\n    ").encode()

    clean = redact(shown, [SecretValue(key)])

    assert b"MIIBVg" not in clean
    assert b"QEFAAS" not in clean


def test_a_longer_secret_that_holds_a_shorter_one_is_taken_out_whole():
    clean = redact(b"x hunter2hunter2 y", [SecretValue("hunter2"), SecretValue("hunter2hunter2")])

    assert clean == b"x [redacted] y"


def test_an_empty_value_changes_nothing():
    assert redact(b"text", [SecretValue("")]) == b"text"


def test_a_failure_keeps_its_parts_through_pickle():
    failure = pickle.loads(pickle.dumps(Failure("CODE", "A sentence.", retry=True)))  # noqa: S301  - our own bytes

    assert (failure.code, failure.message, failure.retry, str(failure)) == ("CODE", "A sentence.", True, "A sentence.")
