"""Where a secret lives, never what it is: `secret://backend/path#key`."""

import re
from dataclasses import dataclass
from enum import StrEnum

SCHEME = "secret://"

# Longer references are accidents: Vault's own path limit is far above any path that people write.
REF_LENGTH_MAX = 512

# A longer value is a file, and no secret.
VALUE_BYTES_MAX = 65_536

_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
# An environment variable's name has no room for dots and hyphens, and `__` parts the segments (see runtime/secrets).
_ENV_SEGMENT = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")


class Backend(StrEnum):
    """The places a secret can be resolved from."""

    ENV = "env"
    FILE = "file"
    VAULT = "vault"


class SecretRefError(ValueError):
    """A reference is not written as `secret://backend/path#key`; the message says what is wrong with it."""


@dataclass(frozen=True, order=True)
class SecretRef:
    """One reference; equal references name the same secret."""

    backend: Backend
    path: str
    key: str

    def __post_init__(self) -> None:
        allowed = _ENV_SEGMENT if self.backend is Backend.ENV else _SEGMENT
        for segment in (*self.path.split("/"), self.key):
            _check_segment(segment, allowed)
        if len(str(self)) > REF_LENGTH_MAX:
            raise SecretRefError(
                f"A secret reference may have {REF_LENGTH_MAX} characters; this one has {len(str(self))}."
            )

    def __str__(self) -> str:
        return f"{SCHEME}{self.backend.value}/{self.path}#{self.key}"

    @classmethod
    def parse(cls, text: str) -> "SecretRef":
        """The reference written in `text`, which must be exactly in the form that `str` gives back.

        Raises:
            SecretRefError: with one sentence on the first thing that is wrong.
        """
        if not text.startswith(SCHEME):
            raise SecretRefError(f"A secret reference starts with {SCHEME}.")
        location, hash_sign, key = text.removeprefix(SCHEME).partition("#")
        backend, slash, path = location.partition("/")
        if backend not in set(Backend):
            raise SecretRefError(f"A secret reference names one of the backends {', '.join(Backend)}.")
        if not slash or not path:
            raise SecretRefError("A secret reference has a path after its backend.")
        if not hash_sign or not key:
            raise SecretRefError("A secret reference ends with # and the key of the value.")
        return cls(Backend(backend), path, key)

    def lies_under(self, prefix: str) -> bool:
        """Whether the path is `prefix` or below it, by whole segments; an organization is kept to its own paths so."""
        return self.path == prefix or self.path.startswith(prefix + "/")


def _check_segment(segment: str, allowed: re.Pattern[str]) -> None:
    # What was written is not repeated: people paste a value where a reference belongs.
    if not segment:
        raise SecretRefError("A secret reference has no empty part in its path.")
    if not allowed.fullmatch(segment):
        if allowed is _ENV_SEGMENT:
            raise SecretRefError("An env reference is made of letters, digits and single underscores between slashes.")
        raise SecretRefError(
            "A secret reference is made of letters, digits, dots, hyphens and underscores between slashes."
        )
