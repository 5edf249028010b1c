"""A brake on guessing passwords, per caller's address and account."""

import time
from collections import OrderedDict, deque

from embedded.supabase.auth.errors import AuthRefusal

_FAILURES_MAX = 10
_WINDOW_S = 60.0
_PAIRS_MAX = 10_000  # the oldest are forgotten, so that strangers cannot fill the memory


class SignInLimit:
    """Counts failed attempts in the last minute; a success takes its own attempt back."""

    def __init__(self) -> None:
        self._attempts: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def attempt(self, address: str, email: str) -> None:
        """Count one attempt before its password is looked at, so that parallel guesses count too.

        Raises:
            AuthRefusal: 429, if too many attempts of this pair failed.
        """
        now = time.monotonic()
        attempts = self._attempts.setdefault((address, email.lower()), deque())
        self._attempts.move_to_end((address, email.lower()))
        while attempts and attempts[0] <= now - _WINDOW_S:
            attempts.popleft()
        if len(attempts) >= _FAILURES_MAX:
            raise AuthRefusal(429, "over_request_rate_limit", "Request rate limit reached")
        attempts.append(now)
        if len(self._attempts) > _PAIRS_MAX:
            self._attempts.popitem(last=False)

    def succeeded(self, address: str, email: str) -> None:
        """Take back the latest attempt of this pair."""
        attempts = self._attempts.get((address, email.lower()))
        if attempts:
            attempts.pop()
