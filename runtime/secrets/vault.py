"""Secrets in Vault or OpenBao, KV version 2."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import hvac
import hvac.exceptions
import requests

from contracts.secret_refs import SecretRef
from runtime.secrets.resolution import SecretStatus, Unresolved
from runtime.secrets.value import SecretValue


@dataclass(frozen=True)
class VaultBackend:
    """One KV v2 mount, read with one token; a reference's path is the path inside the mount."""

    url: str
    token: SecretValue = field(repr=False)
    mount: str = "secret"
    namespace: str | None = None
    timeout_s: int = 5

    async def read(self, ref: SecretRef) -> SecretValue:
        """The value at the reference, from the newest version.

        Raises:
            Unresolved: with the status that explains it.
        """
        return await asyncio.to_thread(self._read, ref)

    async def as_whom(self) -> str:
        """The name that Vault knows the token by."""
        return await asyncio.to_thread(self._as_whom)

    def _read(self, ref: SecretRef) -> SecretValue:
        kv = cast("Any", self._client().secrets).kv.v2
        try:
            answer: dict[str, Any] = kv.read_secret_version(
                path=ref.path, mount_point=self.mount, raise_on_deleted_version=False
            )
        except hvac.exceptions.InvalidPath as error:
            raise Unresolved(SecretStatus.MISSING, "Vault has nothing at this path.") from error
        except (hvac.exceptions.Forbidden, hvac.exceptions.Unauthorized) as error:
            raise Unresolved(SecretStatus.DENIED, "Vault does not let the runtime's token read this path.") from error
        except (hvac.exceptions.VaultError, requests.RequestException, ValueError) as error:
            # Vault's own words may quote what was sent, so only the kind of fault is told.
            raise Unresolved(SecretStatus.UNREACHABLE, f"Vault did not answer ({type(error).__name__}).") from error
        return _value(answer, ref.key)

    def _as_whom(self) -> str:
        try:
            told = cast("dict[str, Any]", self._client().auth.token.lookup_self())
        except (hvac.exceptions.VaultError, requests.RequestException, ValueError):
            return "a token that Vault does not name"
        return str(told["data"].get("display_name") or "a token without a name")

    def _client(self) -> hvac.Client:
        return hvac.Client(
            url=self.url,
            token=self.token.reveal(),
            namespace=self.namespace,
            timeout=self.timeout_s,
            allow_redirects=False,
        )


def _value(answer: dict[str, Any], key: str) -> SecretValue:
    members, version = answer["data"]["data"], answer["data"]["metadata"]
    if members is None:
        ended = version.get("deletion_time") or "an unknown time"
        raise Unresolved(SecretStatus.EXPIRED, f"The newest version in Vault was deleted or ran out on {ended}.")
    value = members.get(key)
    if value is None:
        raise Unresolved(SecretStatus.MISSING, f"Vault has the path, but no key {key} in it.")
    if not isinstance(value, str):
        raise Unresolved(SecretStatus.MISSING, f"Vault's value under {key} is not text.")
    return SecretValue(value)
