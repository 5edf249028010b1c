"""Where a URL leads: whom to connect to, and what to ask for there."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

# What may stand in a path or query as it is; a template may have encoded some of it already.
_PLAIN = "/%:=&?~+!$,;'@()*[]-._"

_ADDRESSES_KEPT = 1_000


@dataclass(frozen=True)
class Address:
    """A URL taken apart; `authorization` is made of the user and password in it, None without."""

    secure: bool
    host: str
    port: int
    host_header: str
    target: str
    authorization: str | None

    @property
    def origin(self) -> tuple[bool, str, int]:
        """What connections are kept by."""
        return self.secure, self.host, self.port


@lru_cache(_ADDRESSES_KEPT)
def address_of(url: str) -> Address:
    """Where a URL leads.

    Raises:
        ValueError: if it is no HTTP URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"not an HTTP URL: {url}")
    secure = parts.scheme == "https"
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    port = parts.port or (443 if secure else 80)
    shown = f"[{host}]" if ":" in host else host
    target = quote(parts.path or "/", safe=_PLAIN) + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
    authorization = None
    if parts.username is not None:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + base64.b64encode(secret.encode()).decode()
    host_header = shown if parts.port is None else f"{shown}:{parts.port}"
    return Address(secure, host, port, host_header, target, authorization)
