"""As whom the client speaks: the headers of a request, with a token that is asked for again once it is refused."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

TokenProvider = Callable[[], Awaitable[str]]

# What the engine answers to a token that it does not take, or takes no longer.
REFUSED_TOKEN = frozenset({"invalid-jwt"})


class Credentials:
    """Fixed headers, and if there is a provider a token that is kept until it is refused."""

    def __init__(self, headers: Mapping[str, str], provider: TokenProvider | None) -> None:
        self._headers = dict(headers)
        self._provider = provider
        self._token: str | None = None
        self._asking = asyncio.Lock()

    async def headers(self) -> dict[str, str]:
        """The headers to send now."""
        if self._provider is None:
            return self._headers
        async with self._asking:
            # Requests at the same time share one question to the provider.
            if self._token is None:
                self._token = await self._provider()
            return {**self._headers, "Authorization": f"Bearer {self._token}"}

    @property
    def has_provider(self) -> bool:
        """Whether another token may be had when one is refused."""
        return self._provider is not None

    def refused(self, headers: Mapping[str, str]) -> None:
        """Forget the token that was sent in these headers, unless a newer one has taken its place."""
        if headers.get("Authorization") == f"Bearer {self._token}":
            self._token = None
