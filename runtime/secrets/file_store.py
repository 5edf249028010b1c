"""Secrets in a folder, encrypted at rest.

One file per path, named by the path's digest; inside, AES-256-GCM over the keys of that path, bound to the path so that
two files cannot be exchanged. The key lies in a file of its own, away from the folder in production.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.secrets.value import SecretValue

_NONCE_BYTES = 12
_KEY_BYTES = 32
_VERSION = b"FO1\n"
_FOR_OTHERS = 0o077


class UnreadableError(Exception):
    """The store is there but cannot be read as it is; the message says why, without any value."""


class _Entry(TypedDict):
    value: str
    expires_at: str | None


_Entries = dict[str, _Entry]


@dataclass(frozen=True)
class Stored:
    """A value as it was put; `expires_at` None means it does not expire."""

    value: SecretValue
    expires_at: datetime | None


@dataclass(frozen=True)
class FileStore:
    """The folder and its key file; both are made, for the owner alone, when the first value is put."""

    folder: Path
    key_file: Path

    def put(self, path: str, key: str, value: SecretValue, *, expires_at: datetime | None = None) -> None:
        """Keep the value at `path` under `key`, in place of an older one; other keys of the path stay."""
        until = expires_at.astimezone(UTC).isoformat() if expires_at else None
        self._change(path, lambda entries: {**entries, key: {"value": value.reveal(), "expires_at": until}})

    def remove(self, path: str, key: str) -> None:
        """Forget the value, if it is there."""
        self._change(path, lambda entries: {name: entry for name, entry in entries.items() if name != key})

    def get(self, path: str, key: str) -> Stored | None:
        """The value at `path` under `key`; None: there is none.

        Raises:
            UnreadableError: if the key file is missing or open to others, or does not fit the folder.
            OSError: if a file cannot be read.
        """
        entry = self._entries(path).get(key)
        if entry is None:
            return None
        until = entry["expires_at"]
        return Stored(SecretValue(entry["value"]), datetime.fromisoformat(until) if until else None)

    def key_fingerprint(self) -> str:
        """A short name for the key that is in use, which tells nothing about it."""
        return hashlib.sha256(b"fingerprint" + self._key()).hexdigest()[:12]

    def _change(self, path: str, change: "Callable[[_Entries], _Entries]") -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            self._make_key()
            nonce = secrets.token_bytes(_NONCE_BYTES)
            plain = json.dumps(change(self._entries(path))).encode()
            sealed = _VERSION + nonce + AESGCM(self._key()).encrypt(nonce, plain, path.encode())
            write_privately(self._file(path), sealed)

    def _entries(self, path: str) -> _Entries:
        try:
            sealed = self._file(path).read_bytes()
        except FileNotFoundError:
            return {}
        start = len(_VERSION) + _NONCE_BYTES
        if not sealed.startswith(_VERSION):
            raise UnreadableError("A file of the secret store is not one of ours.")
        try:
            plain = AESGCM(self._key()).decrypt(sealed[len(_VERSION) : start], sealed[start:], path.encode())
        except InvalidTag as error:
            raise UnreadableError("The key file does not open the secret store.") from error
        return json.loads(plain)

    def _file(self, path: str) -> Path:
        return self.folder / (hashlib.sha256(path.encode()).hexdigest() + ".sealed")

    def _key(self) -> bytes:
        try:
            key, mode = self.key_file.read_bytes(), self.key_file.stat().st_mode
        except FileNotFoundError as error:
            raise UnreadableError("The secret store's key file is missing.") from error
        if mode & _FOR_OTHERS:
            raise UnreadableError("The secret store's key file may be read by others; it must be for its owner alone.")
        if len(key) != _KEY_BYTES:
            raise UnreadableError(f"The secret store's key file does not hold {_KEY_BYTES} bytes.")
        return key

    def _make_key(self) -> None:
        # A folder with sealed files and no key has lost its key: a new one would hide that.
        if not self.key_file.exists() and not any(self.folder.glob("*.sealed")):
            self.key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_privately(self.key_file, secrets.token_bytes(_KEY_BYTES))

    @contextmanager
    def _locked(self) -> Generator[None]:
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def write_privately(file: Path, data: bytes) -> None:
    """Replace the file at once, readable by its owner alone and on disk before it takes its name."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
