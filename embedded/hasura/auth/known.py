"""Callers seen a moment ago: the same headers need not be verified with every request."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from embedded.hasura.auth.identity import Authenticator, Identity

RawHeaders = Sequence[tuple[bytes, bytes]]

_KNOWN_MAX = 2_000

_KNOWN_S = 5.0

# What says nothing about the caller, and is different with each request or client.
_OF_NO_MATTER = frozenset({
    b"accept", b"accept-encoding", b"accept-language", b"cache-control", b"connection", b"content-length",
    b"content-type", b"host", b"origin", b"pragma", b"referer", b"traceparent", b"tracestate", b"user-agent",
    b"x-request-id",
})  # fmt: skip


@dataclass(frozen=True)
class _Known:
    who: Identity
    until: float


class KnownCallers:
    """Identities by the headers they were read from."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator
        self._known: dict[RawHeaders, _Known] = {}
        self._generation = authenticator.generation

    def identify(self, headers: RawHeaders) -> Identity:
        """Who sent these headers, whose names are in lower case.

        Raises:
            EngineError: as `Authenticator.identify`; refusals are not remembered.
        """
        if self._generation != self._authenticator.generation:
            self._generation = self._authenticator.generation
            self._known.clear()
        key = tuple([header for header in headers if header[0] not in _OF_NO_MATTER])
        known = self._known.get(key)
        now = time.monotonic()
        if known is not None and now < known.until:
            return known.who
        texts = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
        who = self._authenticator.identify(texts)
        self._known.pop(key, None)
        if len(self._known) >= _KNOWN_MAX:
            self._known.pop(next(iter(self._known)))
        self._known[key] = _Known(who, now + _lasts_s(who))
        return who


def _lasts_s(who: Identity) -> float:
    return _KNOWN_S if who.expires_at is None else min(_KNOWN_S, who.expires_at - time.time())
