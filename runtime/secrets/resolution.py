"""What becomes of a reference: the words that backends and the resolver share."""

from enum import StrEnum
from typing import Protocol

from contracts.secret_refs import SecretRef
from runtime.secrets.value import SecretValue


class SecretStatus(StrEnum):
    """What a probe found."""

    RESOLVABLE = "resolvable"
    MISSING = "missing"
    DENIED = "denied"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"


class Unresolved(Exception):  # noqa: N818  - an outcome between backend and resolver, never seen outside
    """A reference has no value now; `detail` is a sentence that never holds one."""

    def __init__(self, status: SecretStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class SecretBackend(Protocol):
    """A place where values live."""

    async def read(self, ref: SecretRef) -> SecretValue:
        """The value at the reference; raises Unresolved."""
        ...

    async def as_whom(self) -> str:
        """Whose right to read is used."""
        ...
