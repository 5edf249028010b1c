"""The signed head of a Merkle log, and what reading signed documents takes.

Sources: C2SP tlog-checkpoint and signed-note.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

SIGNATURES_MAX = 16

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_NOTE_SIGNATURE_START = "\u2014 "
# The algorithm byte of Ed25519 in a signed note's key hash.
_NOTE_ED25519 = b"\x01"
_NOTE_KEY_HASH_BYTES = 4


class DocumentError(ValueError):
    """A proof document is not written as its specification says; the message is one sentence for people."""


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its origin (a name unique to it), how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        # A plus sign or space would end the name in the signature line.
        if not self.origin or any(character.isspace() or character == "+" for character in self.origin):
            raise DocumentError("A log's origin is a name without spaces and plus signs.")
        if self.size < 0 or len(self.root) != hashlib.sha256().digest_size:
            raise DocumentError("A checkpoint has a size of at least zero and a SHA-256 root.")

    def text(self) -> str:
        """The text that is signed, its last newline included."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    def note(self, public_key_pem: str, signature: bytes) -> str:
        """The signed checkpoint, for an Ed25519 signature over `text`."""
        key_hash = _note_key_hash(self.origin, load_public_key(public_key_pem))
        return f"{self.text()}\n{_NOTE_SIGNATURE_START}{self.origin} {encoded(key_hash + signature)}\n"


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint as it came, not yet believed."""

    checkpoint: Checkpoint
    signed_bytes: bytes
    signatures: tuple[tuple[str, bytes], ...]

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether a signature in the log's own name was made by the key."""
        key_hash = _note_key_hash(self.checkpoint.origin, key)
        return any(
            name == self.checkpoint.origin
            and blob.startswith(key_hash)
            and is_signature(key, blob.removeprefix(key_hash), self.signed_bytes)
            for name, blob in self.signatures
        )

    @classmethod
    def parse(cls, note: str) -> "SignedCheckpoint":
        """The checkpoint and the signatures in a signed note; extension lines are signed and left alone.

        Raises:
            DocumentError: with what is wrong.
        """
        text, blank, tail = note.rpartition("\n\n")
        if not blank or not tail.endswith("\n") or _has_surrogates(note):
            raise DocumentError("The checkpoint is not a signed note.")
        lines = text.split("\n")
        if len(lines) < len(("origin", "size", "root")) or not _SIZE.fullmatch(lines[1]):
            raise DocumentError("The checkpoint does not begin with origin, size and root.")
        checkpoint = Checkpoint(lines[0], int(lines[1]), decoded(lines[2], "The checkpoint's root"))
        signatures = tuple(_note_signature(line) for line in tail.removesuffix("\n").split("\n")[:SIGNATURES_MAX])
        return cls(checkpoint, f"{text}\n".encode(), signatures)


def load_public_key(pem: str) -> Ed25519PublicKey:
    """The Ed25519 public key in a PEM text.

    Raises:
        DocumentError: if it is none.
    """
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise DocumentError("The public key is not written in PEM.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise DocumentError("The public key is not an Ed25519 key.")
    return key


def is_signature(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether the signature over the data was made by the key."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def encoded(data: bytes) -> str:
    """The bytes in standard base64."""
    return base64.b64encode(data).decode()


def decoded(value: object, what: str) -> bytes:
    """The bytes that a base64 string stands for; `what` names it in the DocumentError that is raised otherwise."""
    if not isinstance(value, str):
        raise DocumentError(f"{what} is not a string.")
    try:
        # DSSE lets writers use either alphabet of base64.
        return base64.b64decode(value.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise DocumentError(f"{what} is not base64.") from error


def _note_key_hash(name: str, key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(name.encode() + b"\n" + _NOTE_ED25519 + raw).digest()[:_NOTE_KEY_HASH_BYTES]


def _note_signature(line: str) -> tuple[str, bytes]:
    name, space, blob = line.removeprefix(_NOTE_SIGNATURE_START).partition(" ")
    if not line.startswith(_NOTE_SIGNATURE_START) or not space or not name:
        raise DocumentError("A signature line of the checkpoint is malformed.")
    return name, decoded(blob, "A signature of the checkpoint")


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
