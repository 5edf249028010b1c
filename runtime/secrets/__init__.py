"""Secrets: found by reference, held in a type that hides them, taken out of whatever is written down.

`value` is the type, `redaction` takes values out of bytes, `file_store` and `vault` are where they live, `resolver`
finds them, `sealing` opens what was sent sealed.
"""

from runtime.secrets.file_store import FileStore
from runtime.secrets.redaction import redact
from runtime.secrets.resolution import SecretStatus
from runtime.secrets.resolver import EnvironmentBackend, FileBackend, Resolver, SecretReport
from runtime.secrets.sealing import SealedStore, SealingKey
from runtime.secrets.value import SecretValue
from runtime.secrets.vault import VaultBackend

__all__ = [
    "EnvironmentBackend",
    "FileBackend",
    "FileStore",
    "Resolver",
    "SealedStore",
    "SealingKey",
    "SecretReport",
    "SecretStatus",
    "SecretValue",
    "VaultBackend",
    "redact",
]
