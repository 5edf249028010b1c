"""Proof documents and how anyone checks them offline.

A proof is an in-toto Statement in a DSSE envelope. The envelope's canonical bytes are a leaf of the organization's
Merkle log, whose signed head is a checkpoint. In order: the statement, the envelope, and `verify`, which takes both
with the checkpoint and says of each part whether it holds.

Sources: DSSE 1.0 protocol and envelope; in-toto Statement v1.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contracts import canonical, merkle
from contracts.checkpoint import (
    SIGNATURES_MAX,
    Checkpoint,
    DocumentError,
    SignedCheckpoint,
    decoded,
    encoded,
    is_signature,
    load_public_key,
)

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"

# Larger documents are not proofs of ours; the limit keeps a verifier from reading whatever it is handed.
ENVELOPE_BYTES_MAX = 8 * 1024 * 1024

T = TypeVar("T")


@dataclass(frozen=True)
class Subject:
    """What a statement is about: a name and the digest of exactly the bytes that are meant."""

    name: str
    digest: str


@dataclass(frozen=True)
class Statement:
    """An in-toto Statement v1."""

    subject: tuple[Subject, ...]
    predicate_type: str
    predicate: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """The statement as the JSON value that is signed."""
        return {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": one.name, "digest": _digest_set(one.digest)} for one in self.subject],
            "predicateType": self.predicate_type,
            "predicate": dict(self.predicate),
        }

    def payload(self) -> bytes:
        """The canonical bytes that go into the envelope."""
        return canonical.canonical_bytes(self.document())

    @classmethod
    def parse(cls, payload: bytes) -> "Statement":
        """The statement in a payload.

        Raises:
            DocumentError: unless it is a Statement v1 with at least one SHA-256 subject.
        """
        document = _object(_json(payload, "The payload"), "The payload")
        if document.get("_type") != STATEMENT_TYPE:
            raise DocumentError("The payload is not an in-toto Statement v1.")
        predicate_type, predicate = document.get("predicateType"), document.get("predicate")
        if not isinstance(predicate_type, str) or not predicate_type:
            raise DocumentError("The statement has no predicate type.")
        subjects = tuple(_subject(one) for one in _list(document.get("subject"), "The statement's subject"))
        if not subjects:
            raise DocumentError("The statement is about nothing.")
        return cls(subjects, predicate_type, _object(predicate, "The statement's predicate"))


@dataclass(frozen=True)
class Signature:
    """One signature of an envelope; `key_id` is a hint that nobody vouches for."""

    key_id: str
    signature: bytes


@dataclass(frozen=True)
class Envelope:
    """A DSSE envelope: bytes, what they are, and who signed both."""

    payload: bytes
    payload_type: str
    signatures: tuple[Signature, ...]

    def document(self) -> dict[str, Any]:
        """The envelope as a JSON value."""
        return {
            "payload": encoded(self.payload),
            "payloadType": self.payload_type,
            "signatures": [{"keyid": one.key_id, "sig": encoded(one.signature)} for one in self.signatures],
        }

    def text(self) -> str:
        """The envelope's canonical JSON text."""
        return self.leaf().decode()

    def leaf(self) -> bytes:
        """The data of the envelope's leaf in the log: its canonical JSON bytes."""
        return canonical.canonical_bytes(self.document())

    def signed_bytes(self) -> bytes:
        """What the signatures are made over."""
        return pae(self.payload_type, self.payload)

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether one of the signatures was made by the key, whatever key id it claims."""
        return any(is_signature(key, one.signature, self.signed_bytes()) for one in self.signatures)

    @classmethod
    def parse(cls, text: str | bytes) -> "Envelope":
        """The envelope in a JSON text; members it does not know are left out, as DSSE asks.

        Raises:
            DocumentError: with what is wrong.
        """
        document = _object(_json(text, "The envelope"), "The envelope")
        payload_type = document.get("payloadType")
        if not isinstance(payload_type, str) or not payload_type:
            raise DocumentError("The envelope does not say what its payload is.")
        signatures = _list(document.get("signatures"), "The envelope's signatures")
        if not 0 < len(signatures) <= SIGNATURES_MAX:
            raise DocumentError(f"The envelope has {len(signatures)} signatures, not 1 to {SIGNATURES_MAX}.")
        payload = decoded(document.get("payload"), "The envelope's payload")
        envelope = cls(payload, payload_type, tuple(_signature(one) for one in signatures))
        try:
            envelope.leaf()
        except canonical.NotCanonicalError as error:
            raise DocumentError(f"The envelope cannot be a leaf: {error}") from error
        return envelope


class CheckName(StrEnum):
    """What is checked about a proof, in this order."""

    KEY = "key"
    ENVELOPE = "envelope"
    SIGNATURE = "signature"
    STATEMENT = "statement"
    CHECKPOINT = "checkpoint"
    INCLUSION = "inclusion"


@dataclass(frozen=True)
class Check:
    """One thing that was checked; `detail` says why it holds or why it does not."""

    name: CheckName
    ok: bool
    detail: str


@dataclass(frozen=True)
class Report:
    """Everything that was checked about one proof; `statement` is given only if it was signed by the key."""

    checks: tuple[Check, ...]
    statement: Statement | None

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True)
class Evidence:
    """What a verifier is handed along with an envelope.

    The path is nearest hash first; `origin` is the log that the proof should be in (None: any).
    """

    public_key_pem: str
    leaf_index: int
    tree_size: int
    inclusion_path: Sequence[bytes]
    signed_checkpoint: str
    origin: str | None = None


def verify(envelope_text: str | bytes, evidence: Evidence) -> Report:
    """What holds about a proof, every check by name; nothing is raised for a bad proof and nothing is fetched."""
    checks: list[Check] = []

    def check(name: CheckName, ok: bool, holds: str, fails: str) -> bool:  # noqa: FBT001  - the outcome being recorded
        checks.append(Check(name, ok, holds if ok else fails))
        return ok

    key = _attempt(lambda: load_public_key(evidence.public_key_pem))
    check(CheckName.KEY, not isinstance(key, DocumentError), "The key is an Ed25519 public key.", str(key))
    envelope = _attempt(lambda: Envelope.parse(envelope_text))
    check(CheckName.ENVELOPE, not isinstance(envelope, DocumentError), "The envelope is well formed.", str(envelope))
    signed = isinstance(envelope, Envelope) and isinstance(key, Ed25519PublicKey) and envelope.is_signed_by(key)
    check(CheckName.SIGNATURE, signed, "The key signed the envelope.", "No signature of the envelope is by the key.")
    statement = _attempt(lambda: _statement_of(envelope))
    check(CheckName.STATEMENT, isinstance(statement, Statement), "The payload is a statement.", str(statement))
    head = _attempt(lambda: _head(key, evidence))
    check(CheckName.CHECKPOINT, isinstance(head, Checkpoint), "The key signed the log's checkpoint.", str(head))
    missing = _inclusion_fault(envelope, head, evidence)
    check(CheckName.INCLUSION, missing is None, "The envelope is that leaf of the log.", str(missing))
    return Report(tuple(checks), statement if signed and isinstance(statement, Statement) else None)


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding: what is signed; type and bytes cannot be shifted against each other."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _statement_of(envelope: Envelope | DocumentError) -> Statement:
    if isinstance(envelope, DocumentError):
        raise DocumentError("There is no envelope to read a statement from.")
    if envelope.payload_type != PAYLOAD_TYPE:
        raise DocumentError(f"The payload is {envelope.payload_type!r}, not {PAYLOAD_TYPE!r}.")
    return Statement.parse(envelope.payload)


def _head(key: Ed25519PublicKey | DocumentError, evidence: Evidence) -> Checkpoint:
    signed = SignedCheckpoint.parse(evidence.signed_checkpoint)
    if isinstance(key, DocumentError) or not signed.is_signed_by(key):
        raise DocumentError("The checkpoint is not signed by the key in the log's own name.")
    if evidence.origin is not None and signed.checkpoint.origin != evidence.origin:
        raise DocumentError(f"The checkpoint is of the log {signed.checkpoint.origin!r}, not {evidence.origin!r}.")
    return signed.checkpoint


def _inclusion_fault(
    envelope: Envelope | DocumentError, head: Checkpoint | DocumentError, evidence: Evidence
) -> str | None:
    if isinstance(envelope, DocumentError) or isinstance(head, DocumentError):
        return "Without an envelope and a believed checkpoint there is nothing to place."
    if head.size != evidence.tree_size:
        return f"The proof is for a log of {evidence.tree_size} leaves, the checkpoint for one of {head.size}."
    included = merkle.verify_inclusion(
        index=evidence.leaf_index,
        size=evidence.tree_size,
        leaf=merkle.leaf_hash(envelope.leaf()),
        path=evidence.inclusion_path,
        root=head.root,
    )
    return None if included else f"The envelope is not leaf {evidence.leaf_index} of the log that the checkpoint signs."


def _attempt(read: Callable[[], T]) -> T | DocumentError:
    try:
        return read()
    except DocumentError as error:
        return error


def _signature(value: object) -> Signature:
    document = _object(value, "A signature")
    key_id = document.get("keyid", "")
    if not isinstance(key_id, str):
        raise DocumentError("A signature's key id is not a string.")
    return Signature(key_id, decoded(document.get("sig"), "A signature"))


def _subject(value: object) -> Subject:
    document = _object(value, "A subject")
    name, digests = document.get("name"), _object(document.get("digest"), "A subject's digest")
    digest = f"{canonical.DIGEST_PREFIX}{digests.get('sha256')}"
    if not isinstance(name, str) or not canonical.is_digest(digest):
        raise DocumentError("A subject needs a name and a SHA-256 digest.")
    return Subject(name, digest)


def _digest_set(digest: str) -> dict[str, str]:
    if not canonical.is_digest(digest):
        raise DocumentError(f"A subject's digest is written {canonical.DIGEST_PREFIX} and 64 hexadecimal digits.")
    return {"sha256": digest.removeprefix(canonical.DIGEST_PREFIX)}


def _json(text: str | bytes, what: str) -> object:
    if len(text) > ENVELOPE_BYTES_MAX:
        raise DocumentError(f"{what} is larger than {ENVELOPE_BYTES_MAX} bytes.")
    try:
        return json.loads(text, object_pairs_hook=_members_once)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{what} is not JSON: {error}") from error


def _members_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Readers differ on which of two equal members counts; a signed document must not mean two things.
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice in one object")
    return members


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DocumentError(f"{what} is not a JSON object.")
    return cast("dict[str, Any]", value)


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise DocumentError(f"{what} is not a JSON array.")
    return cast("list[object]", value)
