"""Values that were sealed for this runtime, by HPKE (RFC 9180): X25519, HKDF-SHA256, AES-256-GCM.

The private keys lie in a folder of their own, each in a file named by its key's id and readable by its owner alone. A
new one is made once the newest is too old; older ones stay, for what was sealed with them.
"""

import asyncio
import base64
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from contracts.refusals import Code
from contracts.secret_refs import SecretRef
from contracts.secrets import SealedFor
from runtime.failures import Failure
from runtime.secrets.file_store import FileStore, UnreadableError, write_privately
from runtime.secrets.value import SecretValue

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_AGE_MAX_S = 90 * 24 * 3_600
_KEY_BYTES = 32
_ID_LENGTH = 32
_FOR_OTHERS = 0o077


@dataclass(frozen=True)
class SealingKey:
    """What a sender needs: the public key, and its id, which is the beginning of its digest."""

    key_id: str
    public_key: str

    @classmethod
    def of(cls, public: X25519PublicKey) -> "SealingKey":
        """The key as it is published."""
        raw = public.public_bytes_raw()
        return cls(hashlib.sha256(raw).hexdigest()[:_ID_LENGTH], base64.b64encode(raw).decode())

    def seal(self, value: SecretValue, bound: SealedFor) -> bytes:
        """The value, to be opened by whoever has the private key, and for this purpose alone."""
        public = X25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))
        if SealingKey.of(public) != self:
            raise ValueError("The sealing key's id is not that of its public key.")
        return _SUITE.encrypt(value.reveal().encode(), public, info=bound.info())


@dataclass(frozen=True)
class SealedStore:
    """The private keys, and the encrypted files into which opened values are put."""

    store: FileStore
    keys: Path

    def newest(self) -> SealingKey:
        """The key to seal with; it is made if there is none, or none that is younger than 90 days.

        Raises:
            Failure: KEY_UNUSABLE.
            OSError: if the folder cannot be read or written.
        """
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        known = sorted(self.keys.glob("*.key"), key=lambda file: file.stat().st_mtime)
        if known and known[-1].stat().st_mtime > time.time() - _KEY_AGE_MAX_S:
            return SealingKey.of(self._private(known[-1].stem).public_key())
        private = X25519PrivateKey.generate()
        key = SealingKey.of(private.public_key())
        write_privately(self.keys / f"{key.key_id}.key", private.private_bytes_raw())
        return key

    async def put(self, place: SecretRef, key_id: str, sealed: bytes, bound: SealedFor) -> None:
        """Open the value and keep it at its place, instead of an older one.

        Raises:
            Failure: SEAL_KEY_UNKNOWN, SEAL_BROKEN, KEY_UNUSABLE, SECRET_DENIED, or SECRET_UNREACHABLE, which alone may
                pass by itself.
        """
        await asyncio.to_thread(self._put, place, key_id, sealed, bound)

    def open(self, key_id: str, sealed: bytes, bound: SealedFor) -> SecretValue:
        """The value that was sealed with this key for this purpose.

        Raises:
            Failure: SEAL_KEY_UNKNOWN, SEAL_BROKEN or KEY_UNUSABLE.
        """
        private = self._private(key_id)
        try:
            text = _SUITE.decrypt(sealed, private, info=bound.info()).decode()
        except (InvalidTag, ValueError):
            # What is wrong with the bytes is not told on: they may hold a value.
            raise Failure(Code.SEAL_BROKEN, "The sealed value does not open for this secret contract.") from None
        if not text:
            raise Failure(Code.SEAL_BROKEN, "The sealed value is empty.")
        return SecretValue(text)

    def _put(self, place: SecretRef, key_id: str, sealed: bytes, bound: SealedFor) -> None:
        value = self.open(key_id, sealed, bound)
        try:
            self.store.put(place.path, place.key, value)
        except (UnreadableError, PermissionError) as error:
            raise Failure(Code.SECRET_DENIED, f"The secret store could not be opened: {error}") from error
        except OSError as error:
            sentence = f"The secret store could not be written: {error.strerror}."
            raise Failure(Code.SECRET_UNREACHABLE, sentence, retry=True) from error

    def _private(self, key_id: str) -> X25519PrivateKey:
        file = self.keys / f"{key_id}.key"
        try:
            raw, mode = file.read_bytes(), file.stat().st_mode
        except FileNotFoundError as error:
            raise Failure(Code.SEAL_KEY_UNKNOWN, "The runtime has no sealing key of this id.") from error
        except PermissionError as error:
            raise Failure(Code.KEY_UNUSABLE, "The sealing key's file cannot be read.") from error
        if mode & _FOR_OTHERS:
            raise Failure(
                Code.KEY_UNUSABLE, "The sealing key's file may be read by others; it must be for its owner alone."
            )
        if len(raw) != _KEY_BYTES:
            raise Failure(Code.KEY_UNUSABLE, "The sealing key's file holds no X25519 key.")
        return X25519PrivateKey.from_private_bytes(raw)
