"""Keys that an issuer publishes at a URL, fetched again when the issuer says they may have changed.

A fetch that fails changes nothing: the keys known so far stay in force, and it is tried again soon. Until the first
one succeeds no token can be verified.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from embedded.hasura.auth.keys import Key, WrongKeyError, keys_of

_LOG = logging.getLogger(__name__)

_FETCH_S = 10
_KEYS_BYTES_MAX = 1024 * 1024
_RETRY_S = 1.0
_FRESH_S_MIN = 1.0
# An issuer who does not say how long keys stay the same is asked once a minute, one who says a year once a day.
_FRESH_S_USUAL = 60.0
_FRESH_S_MAX = 86_400.0

_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_UNCACHED = re.compile(r"\b(?:no-cache|no-store)\b", re.IGNORECASE)


class RemoteKeys:
    """The keys at one URL."""

    def __init__(self, url: str, use: Callable[[tuple[Key, ...]], None]) -> None:
        self._url = url
        self._use = use
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Fetch the keys once, and from then on whenever they may have changed."""
        wait_s = await self._fetched()
        self._task = asyncio.create_task(self._keep_fresh(wait_s))

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_fresh(self, wait_s: float) -> None:
        while True:
            await asyncio.sleep(wait_s)
            wait_s = await self._fetched()

    async def _fetched(self) -> float:
        """Fetch and use the keys; how long to wait until the next time."""
        try:
            content, headers = await self._content()
            self._use(keys_of(content))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, WrongKeyError) as error:
            _LOG.warning("the keys at %s could not be fetched: %s", self._url, error)
            return _RETRY_S
        return fresh_for_s(headers)

    async def _content(self) -> tuple[bytes, Mapping[str, str]]:
        timeout = aiohttp.ClientTimeout(total=_FETCH_S)
        async with aiohttp.ClientSession(timeout=timeout) as client, client.get(self._url) as answer:
            answer.raise_for_status()
            content = bytearray()
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > _KEYS_BYTES_MAX:
                    raise WrongKeyError(f"they are longer than {_KEYS_BYTES_MAX} bytes")
            return bytes(content), answer.headers


def fresh_for_s(headers: Mapping[str, str]) -> float:
    """How many seconds an answer with such headers may be used."""
    control = headers.get("Cache-Control", "")
    if _UNCACHED.search(control):
        return _FRESH_S_MIN
    age = _MAX_AGE.search(control)
    if age is not None:
        return _bounded(float(age[1]))
    expires = headers.get("Expires")
    if expires is None:
        return _FRESH_S_USUAL
    try:
        until = parsedate_to_datetime(expires)
    except ValueError:
        return _FRESH_S_USUAL
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return _bounded((until - datetime.now(UTC)).total_seconds())


def _bounded(seconds: float) -> float:
    return min(max(seconds, _FRESH_S_MIN), _FRESH_S_MAX)
