"""Brakes on `/token`: on guessing passwords of an account, and on calls of one address."""

from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.buckets import Buckets

_FAILURES_MAX = 10
_FAILURES_PER_S = 10 / 60
_CALLS_MAX = 600
_CALLS_PER_S = 10.0


class TokenLimit:
    """Token buckets per address, and per address and account for passwords that were wrong."""

    def __init__(self, calls_per_s: float = _CALLS_PER_S, calls_max: float = _CALLS_MAX) -> None:
        self._calls: Buckets[str] = Buckets(calls_per_s, calls_max)
        self._failures: Buckets[tuple[str, str]] = Buckets(_FAILURES_PER_S, _FAILURES_MAX)

    def called(self, address: str) -> None:
        """Count a call.

        Raises:
            AuthRefusal: 429, if too many came from this address.
        """
        if not self._calls.of(address).take():
            raise _refusal()

    def attempt(self, address: str, email: str) -> None:
        """Count one attempt before its password is looked at, so that parallel guesses count too.

        Raises:
            AuthRefusal: 429, if too many attempts of this pair failed.
        """
        if not self._failures.of((address, email.lower())).take():
            raise _refusal()

    def succeeded(self, address: str, email: str) -> None:
        """Take back the latest attempt of this pair."""
        self._failures.of((address, email.lower())).give_back()


def _refusal() -> AuthRefusal:
    return AuthRefusal(429, "over_request_rate_limit", "Request rate limit reached")
