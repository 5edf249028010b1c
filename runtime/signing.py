"""The runtime's signature: one Ed25519 key, for statements and for the heads of logs."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from securesystemslib.signer._crypto_signer import CryptoSigner  # the package re-exports it without saying so

from contracts.checkpoint import Checkpoint
from contracts.dsse import PAYLOAD_TYPE, Envelope, Signature, Statement, pae
from runtime.failures import Failure
from runtime.secrets.file_store import write_privately

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Signer:
    """Signs with the key it was opened with; `public_key_pem` is what verifiers need."""

    public_key_pem: str
    key_id: str
    _signer: CryptoSigner = field(repr=False)

    def sign_statement(self, statement: Statement) -> Envelope:
        """The statement in a signed envelope; equal statements give equal envelopes."""
        payload = statement.payload()
        signature = self._sign(pae(PAYLOAD_TYPE, payload))
        return Envelope(payload, PAYLOAD_TYPE, (Signature(self.key_id, signature),))

    def sign_checkpoint(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        return checkpoint.note(self.public_key_pem, self._sign(checkpoint.text().encode()))

    def _sign(self, data: bytes) -> bytes:
        return bytes.fromhex(self._signer.sign(data).signature)

    @classmethod
    def open(cls, key_file: Path) -> "Signer":
        """The signer of a key file, which is made for its owner alone if it is missing.

        Raises:
            Failure: KEY_UNUSABLE, if the file holds no Ed25519 key or others may read it.
        """
        _make(key_file)
        if key_file.stat().st_mode & _FOR_OTHERS:
            raise Failure(
                "KEY_UNUSABLE", "The signing key's file may be read by others; it must be for its owner alone."
            )
        try:
            key = load_pem_private_key(key_file.read_bytes(), None)
        except (ValueError, TypeError) as error:
            raise Failure("KEY_UNUSABLE", "The signing key's file holds no private key in plain PEM.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise Failure("KEY_UNUSABLE", "The signing key is not an Ed25519 key.")
        signer = CryptoSigner(key)
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        return cls(pem, signer.public_key.keyid, signer)


def _make(key_file: Path) -> None:
    if key_file.exists():
        return
    key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = key_file.with_name(f".{key_file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    write_privately(fresh, CryptoSigner.generate_ed25519().private_bytes)
    # Of several processes that start at once, the first gives the key its name and all use that one.
    with suppress(FileExistsError):
        os.link(fresh, key_file)
    fresh.unlink()
