"""Proof documents: what is signed, how it is read, and what an offline check finds."""

import base64
import dataclasses
import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from contracts import checkpoint, dsse, merkle
from contracts.dsse import Checkpoint, DocumentError, Envelope, Evidence, SignedCheckpoint, Statement, Subject

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
DIGEST = "sha256:" + "ab" * 32
STATEMENT = Statement((Subject("artifact", DIGEST),), "https://example.test/execution/v1", {"outcome": "ok"})
ORIGIN = "example.test/log/acme"


def pem(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sealed(statement: Statement = STATEMENT, key: Ed25519PrivateKey = KEY) -> Envelope:
    signature = key.sign(dsse.pae(dsse.PAYLOAD_TYPE, statement.payload()))
    return Envelope(statement.payload(), dsse.PAYLOAD_TYPE, (dsse.Signature("any", signature),))


def signed_head(leaves: list[bytes], key: Ed25519PrivateKey = KEY, origin: str = ORIGIN) -> str:
    head = Checkpoint(origin, len(leaves), merkle.root(leaves))
    return head.note(pem(key), key.sign(head.text().encode()))


def evidence(envelope: Envelope, index: int = 2, size: int = 5) -> Evidence:
    leaves = [b"another"] * index + [envelope.leaf()] + [b"another"] * (size - index - 1)
    return Evidence(pem(KEY), index, size, merkle.inclusion_proof(index, leaves), signed_head(leaves), ORIGIN)


def failed(report: dsse.Report) -> set[str]:
    return {check.name.value for check in report.checks if not check.ok}


def test_the_encoding_is_the_one_the_protocol_prints():
    assert dsse.pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_a_true_proof_passes_every_check_and_yields_its_statement():
    envelope = sealed()

    report = dsse.verify(envelope.text(), evidence(envelope))

    assert report.ok, report
    assert [check.name for check in report.checks] == list(dsse.CheckName)
    assert report.statement == STATEMENT


def test_an_envelope_survives_writing_and_reading():
    envelope = sealed()

    assert Envelope.parse(envelope.text()) == envelope
    assert Envelope.parse(envelope.text().replace("+", "-").replace("/", "_")).payload == envelope.payload


def test_an_envelope_written_by_the_reference_library_is_read_and_verified():
    from securesystemslib.dsse import Envelope as ReferenceEnvelope
    from securesystemslib.signer import CryptoSigner

    reference = ReferenceEnvelope(STATEMENT.payload(), dsse.PAYLOAD_TYPE, {})
    reference.sign(CryptoSigner(KEY))

    envelope = Envelope.parse(json.dumps(reference.to_dict()))

    assert envelope.is_signed_by(KEY.public_key())
    assert not envelope.is_signed_by(OTHER.public_key())


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda e: {**e, "payload": _b64(STATEMENT.payload().replace(b"ok", b"no"))}, {"signature", "inclusion"}),
        (lambda e: {**e, "payloadType": "text/plain"}, {"signature", "statement", "inclusion"}),
        (lambda e: {**e, "signatures": []}, {"envelope", "signature", "statement", "inclusion"}),
        (lambda e: {**e, "payload": "%%%"}, {"envelope", "signature", "statement", "inclusion"}),
        (lambda _e: sealed(key=OTHER).document(), {"signature", "inclusion"}),
        (lambda _e: ["not", "an", "object"], {"envelope", "signature", "statement", "inclusion"}),
    ],
)
def test_a_changed_envelope_fails_exactly_the_checks_it_breaks(change: Callable[..., object], broken: set[str]):
    envelope = sealed()

    report = dsse.verify(json.dumps(change(envelope.document())), evidence(envelope))

    assert failed(report) == broken
    assert report.statement is None


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"leaf_index": 3}, {"inclusion"}),
        ({"tree_size": 6}, {"inclusion"}),
        ({"inclusion_path": []}, {"inclusion"}),
        ({"origin": "example.test/log/other"}, {"checkpoint", "inclusion"}),
        ({"signed_checkpoint": "nothing"}, {"checkpoint", "inclusion"}),
        ({"signed_checkpoint": signed_head([b"x"] * 5)}, {"inclusion"}),
        ({"signed_checkpoint": signed_head([b"x"] * 5, key=OTHER)}, {"checkpoint", "inclusion"}),
        ({"public_key_pem": "no key"}, {"key", "signature", "checkpoint", "inclusion"}),
        ({"public_key_pem": pem(OTHER)}, {"signature", "checkpoint", "inclusion"}),
    ],
)
def test_changed_evidence_fails_exactly_the_checks_it_breaks(change: dict[str, object], broken: set[str]):
    envelope = sealed()

    report = dsse.verify(envelope.text(), dataclasses.replace(evidence(envelope), **change))

    assert failed(report) == broken
    assert all(check.detail.endswith(".") for check in report.checks)


def test_a_key_of_another_kind_is_refused_in_words():
    elliptic = generate_private_key(SECP256R1()).public_key()
    text = elliptic.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    with pytest.raises(DocumentError, match="not an Ed25519 key"):
        dsse.load_public_key(text)


def test_a_checkpoint_is_a_signed_note_with_origin_size_and_root():
    note = signed_head([b"a", b"b"])

    lines = note.split("\n")
    read = SignedCheckpoint.parse(note)

    assert lines[:4] == [ORIGIN, "2", base64.b64encode(merkle.root([b"a", b"b"])).decode(), ""]
    assert lines[4].startswith(f"\u2014 {ORIGIN} ")
    assert lines[5:] == [""]
    assert read.checkpoint == Checkpoint(ORIGIN, 2, merkle.root([b"a", b"b"]))
    assert read.is_signed_by(KEY.public_key())
    assert not read.is_signed_by(OTHER.public_key())


def test_the_published_note_key_hash_comes_out():
    # The key of the Go checksum database, as its verifier key prints it: name, hash, and key in base64.
    name, printed, encoded = "sum.golang.org", "033de0ae", "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded)[1:])

    assert checkpoint._note_key_hash(name, key).hex() == printed


@pytest.mark.parametrize("touched", [("2", "3"), ("a", "b")], ids=["size", "origin"])
def test_a_changed_checkpoint_is_not_signed_any_more(touched: tuple[str, str]):
    note = signed_head([b"a", b"b"], origin="a")

    changed = SignedCheckpoint.parse(note.replace(*touched, 1))

    assert not changed.is_signed_by(KEY.public_key())


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a\n1\n",
        "a\n01\nAAAA\n\n\u2014 a AAAA\n",
        "a\n-1\nAAAA\n\n\u2014 a AAAA\n",
        "a\n" + "9" * 5000 + "\nAAAA\n\n\u2014 a AA==\n",
    ],
)
def test_what_is_no_checkpoint_is_refused_in_words(note: str):
    with pytest.raises(DocumentError):
        SignedCheckpoint.parse(note)


def test_an_extension_line_is_covered_by_the_signature():
    text = f"{ORIGIN}\n0\n{base64.b64encode(merkle.EMPTY_ROOT).decode()}\nextension\n"
    plain = Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)
    signed = plain.note(pem(KEY), KEY.sign(text.encode())).replace(plain.text(), text)

    assert SignedCheckpoint.parse(signed).is_signed_by(KEY.public_key())
    assert not SignedCheckpoint.parse(signed.replace("extension", "Extension")).is_signed_by(KEY.public_key())


@pytest.mark.parametrize(
    "payload",
    [
        b"{",
        b"[]",
        b'{"_type":"https://in-toto.io/Statement/v0.1"}',
        json.dumps({**STATEMENT.document(), "subject": []}).encode(),
        json.dumps({**STATEMENT.document(), "subject": [{"name": "a", "digest": {"md5": "00"}}]}).encode(),
        json.dumps({**STATEMENT.document(), "predicate": 1}).encode(),
        STATEMENT.payload()[:-1] + b',"predicateType":"twice"}',
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_statement_is_refused_in_words(payload: bytes):
    with pytest.raises(DocumentError):
        Statement.parse(payload)


@pytest.mark.parametrize("member", ["payloadType", "keyid"])
def test_an_envelope_that_cannot_be_written_in_utf_8_is_malformed_and_nothing_more(member: str):
    envelope = sealed()
    document = envelope.document()
    (document if member == "payloadType" else document["signatures"][0])[member] = "\ud800"

    report = dsse.verify(
        json.dumps(document), dataclasses.replace(evidence(envelope), signed_checkpoint="\ud800\n\n\n")
    )

    assert {"envelope", "checkpoint"} <= failed(report)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_input_makes_the_verifier_raise(text: bytes | str):
    assert not dsse.verify(text, Evidence(str(text), 0, 1, [], str(text))).ok


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
