"""From a reference to its value, or to a report without one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from contracts.secret_refs import Backend, SecretRef
from runtime.failures import Failure
from runtime.secrets.file_store import FileStore, UnreadableError
from runtime.secrets.resolution import SecretBackend, SecretStatus, Unresolved
from runtime.secrets.value import SecretValue

# Only variables that were named for this purpose can be referred to, never the platform's own credentials.
ENVIRONMENT_PREFIX = "FRACTALOPS_SECRET_"


@dataclass(frozen=True)
class SecretReport:
    """What a probe found about a reference; never the value."""

    status: SecretStatus
    backend: Backend
    probed_at: datetime
    as_whom: str
    detail: str


@dataclass(frozen=True)
class EnvironmentBackend:
    """Values handed to the process: `secret://env/acme/git#token` is FRACTALOPS_SECRET_ACME__GIT__TOKEN."""

    environment: Mapping[str, str] = field(repr=False)

    async def read(self, ref: SecretRef) -> SecretValue:
        """The variable's value; an empty variable counts as missing."""
        name = self.variable(ref)
        if not (value := self.environment.get(name)):
            raise Unresolved(SecretStatus.MISSING, f"The runtime's environment has no variable {name}.")
        return SecretValue(value)

    async def as_whom(self) -> str:
        """The process itself."""
        return "the runtime's environment"

    @staticmethod
    def variable(ref: SecretRef) -> str:
        """The name of the variable that a reference means; case is not told apart."""
        return ENVIRONMENT_PREFIX + "__".join((*ref.path.split("/"), ref.key)).upper()


@dataclass(frozen=True)
class FileBackend:
    """Values in an encrypted folder."""

    store: FileStore

    async def read(self, ref: SecretRef) -> SecretValue:
        """The stored value, unless it is over its time."""
        return await asyncio.to_thread(self._read, ref)

    async def as_whom(self) -> str:
        """The key's fingerprint."""
        try:
            return f"the holder of key {await asyncio.to_thread(self.store.key_fingerprint)}"
        except (UnreadableError, OSError):
            return "the holder of no readable key"

    def _read(self, ref: SecretRef) -> SecretValue:
        try:
            stored = self.store.get(ref.path, ref.key)
        except (UnreadableError, PermissionError) as error:
            raise Unresolved(SecretStatus.DENIED, f"The secret store could not be opened: {error}") from error
        except OSError as error:
            raise Unresolved(
                SecretStatus.UNREACHABLE, f"The secret store could not be read: {error.strerror}."
            ) from error
        if stored is None:
            raise Unresolved(SecretStatus.MISSING, "The secret store has nothing at this path and key.")
        if stored.expires_at is not None and stored.expires_at <= datetime.now(UTC):
            raise Unresolved(SecretStatus.EXPIRED, f"The value expired on {stored.expires_at:%Y-%m-%d %H:%M} UTC.")
        return stored.value


@dataclass(frozen=True)
class Resolver:
    """The backends of this runtime; a backend that is not given is unreachable."""

    backends: Mapping[Backend, SecretBackend]

    async def resolve(self, ref: SecretRef) -> SecretValue:
        """The value that the reference names.

        Raises:
            Failure: SECRET_MISSING, SECRET_DENIED, SECRET_EXPIRED or SECRET_UNREACHABLE (the only one worth a retry).
        """
        try:
            return await self._read(ref)
        except Unresolved as error:
            code = f"SECRET_{error.status.name}"
            raise Failure(code, error.detail, retry=error.status is SecretStatus.UNREACHABLE) from error

    async def probe(self, ref: SecretRef) -> SecretReport:
        """Whether the reference resolves now, when and as whom it was tried; the value is read and dropped."""
        backend = self.backends.get(ref.backend)
        as_whom = await backend.as_whom() if backend else "nobody"
        try:
            await self._read(ref)
        except Unresolved as error:
            return SecretReport(error.status, ref.backend, datetime.now(UTC), as_whom, error.detail)
        return SecretReport(SecretStatus.RESOLVABLE, ref.backend, datetime.now(UTC), as_whom, "The value can be read.")

    async def _read(self, ref: SecretRef) -> SecretValue:
        backend = self.backends.get(ref.backend)
        if backend is None:
            raise Unresolved(SecretStatus.UNREACHABLE, f"This runtime has no {ref.backend.value} backend.")
        return await backend.read(ref)
