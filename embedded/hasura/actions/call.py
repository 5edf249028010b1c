"""Post to a handler over one shared client, whose connections stay open."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from embedded.hasura.actions.payload import USER_AGENT
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import TIMEOUT_DEFAULT_S
from embedded.hasura.schema.tracked import TrackedAction

_CONNECTIONS_MAX = 512
_ANSWER_BYTES_MAX = 16 * 1024 * 1024


@dataclass(frozen=True)
class Exchange:
    """A request to a handler and its answer; the answer's header names are as the handler wrote them."""

    url: str
    body: dict[str, Any]
    headers: Mapping[str, str]
    status: int = 0
    text: str = ""
    answer_headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[str, ...] = field(default_factory=tuple)

    def internals(self, error: Any) -> dict[str, Any]:
        """What those who may see internals are shown when the exchange fails."""
        response = None
        if self.status:
            response = {
                "status": self.status,
                "body": _parsed_or_text(self.text),
                "headers": [{"name": name, "value": value} for name, value in self.answer_headers],
            }
        request = {
            "url": self.url,
            "body": self.body,
            "headers": [{"name": name, "value": value} for name, value in self.headers.items()],
            "transformed_request": None,
        }
        return {"error": error, "response": response, "request": request}


class Handlers:
    """The client for all handlers."""

    def __init__(self) -> None:
        self._client: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the client; it needs a running loop."""
        connector = aiohttp.TCPConnector(
            limit=_CONNECTIONS_MAX, keepalive_timeout=60, ttl_dns_cache=30, family=socket.AF_UNSPEC
        )
        self._client = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": USER_AGENT},
            auto_decompress=True,
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()

    async def post(self, action: TrackedAction, body: dict[str, Any], headers: dict[str, str]) -> Exchange:
        """The exchange with an action's handler, whatever its status.

        Raises:
            EngineError: unexpected, if there was no answer in time or at all.
        """
        if self._client is None:
            raise RuntimeError("the client is not open")
        asked = Exchange(action.url, body, headers)
        timeout_s = action.action.definition.timeout or TIMEOUT_DEFAULT_S
        sent = {**headers, "Content-Type": "application/json"}
        try:
            async with self._client.post(
                action.url,
                data=json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
                headers=sent,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=timeout_s),
            ) as response:
                return await _answered(asked, response)
        except TimeoutError:
            raise _unreachable(asked, "ResponseTimeout") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _unreachable(asked, f"ConnectionFailure {error}") from None


async def _answered(asked: Exchange, response: aiohttp.ClientResponse) -> Exchange:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _ANSWER_BYTES_MAX:
            raise _unreachable(asked, "the answer is too large")
    raw = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers)
    cookies = tuple(value for name, value in raw if name.lower() == "set-cookie")
    text = bytes(content).decode("utf-8", errors="replace")
    return Exchange(asked.url, asked.body, asked.headers, response.status, text, raw, cookies)


def _unreachable(asked: Exchange, message: str) -> EngineError:
    request = {"host": asked.url, "method": "POST"}
    error = {"type": "http_exception", "message": message, "request": request}
    return EngineError("unexpected", "http exception when calling webhook", status=200, internal=asked.internals(error))


def _parsed_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
