"""Sending one approved call, and what can truthfully be said of how that went."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from contracts.calls import EndpointCall
from runtime.endpoints import Asked, Auth, request_to
from runtime.failures import Failure
from runtime.secrets import SecretValue, redact

# What is kept of an answer; the rest is not read.
ANSWER_BYTES_MAX = 256 * 1024
# What breaks off may break off within a credential, each character of which may be spelled with as many as this.
_SPELLED_BYTES_MAX = 6
_MEDIA_TYPE_CHARACTERS_MAX = 200

# As long as no connection is had nothing can have been sent, so that trying again is always right.
_CONNECTS_MAX = 3
_CONNECT_TIMEOUT_S = 10
_CONNECT_REST_S = 0.3


@dataclass(frozen=True)
class Answered:
    """What came back, without the credential; `truncated`: the answer was longer, or ended in the middle."""

    status: int
    media_type: str
    body: bytes
    truncated: bool


@dataclass(frozen=True)
class NotSent:
    """No connection was had: nothing reached the endpoint, and this is why."""

    reason: str


@dataclass(frozen=True)
class NotKnown:
    """The request may have reached the endpoint and no answer came back, for this reason."""

    reason: str


def request_of(base_url: str, call: EndpointCall, auth: Auth, key: str) -> httpx.Request:
    """The request that a call stands for; `key` is sent where it names an idempotency header.

    Raises:
        Failure: CONTRACT_REFUSED, if the endpoint contract and the call cannot be sent together.
    """
    if "?" in base_url or "#" in base_url:
        raise Failure("CONTRACT_REFUSED", "A call goes below the endpoint's URL, which ends with a query.")
    headers = [(header.name, header.value) for header in call.headers]
    if call.body is not None:
        headers.append(("Content-Type", call.body.media_type))
    if call.idempotency_header is not None:
        headers.append((call.idempotency_header, key))
    asked = Asked(
        query=tuple((parameter.name, parameter.value) for parameter in call.query),
        # A body that is packed could not be looked through for the credential.
        headers=(*headers, ("Accept-Encoding", "identity")),
        content=None if call.body is None else call.body.text.encode(),
    )
    return request_to(base_url, call.method, call.path, auth, asked)


async def send(
    request: httpx.Request, *, timeout_ms: int, hidden: Sequence[SecretValue] = ()
) -> Answered | NotSent | NotKnown:
    """How sending the request once went; redirects are an answer and are not followed.

    `timeout_ms` is for the whole answer; to connect may take ten seconds beside it.
    """
    timeout = httpx.Timeout(timeout_ms / 1000, connect=min(timeout_ms / 1000, _CONNECT_TIMEOUT_S))
    request.extensions["timeout"] = timeout.as_dict()
    async with httpx.AsyncClient(follow_redirects=False, trust_env=False) as client:
        for _ in range(_CONNECTS_MAX - 1):
            sent = await _sent(client, request, timeout_ms, hidden)
            if not isinstance(sent, NotSent):
                return sent
            await asyncio.sleep(_CONNECT_REST_S)
        return await _sent(client, request, timeout_ms, hidden)


async def _sent(
    client: httpx.AsyncClient, request: httpx.Request, timeout_ms: int, hidden: Sequence[SecretValue]
) -> Answered | NotSent | NotKnown:
    # The timeout of httpx is per read; a drip of bytes is bounded by this one.
    until = asyncio.get_running_loop().time() + timeout_ms / 1000 + _CONNECT_TIMEOUT_S
    try:
        async with asyncio.timeout_at(until):
            answer = await client.send(request, stream=True)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        return NotSent(_shown(f"It could not be reached: {str(error) or type(error).__name__}.", hidden))
    except (TimeoutError, httpx.TimeoutException):
        return NotKnown(f"It did not answer within {timeout_ms} ms.")
    except httpx.HTTPError as error:
        # Their words may quote pieces of what was sent, in which a piece of a credential may stand.
        return NotKnown(f"The connection ended before an answer came ({type(error).__name__}).")
    try:
        body, whole = await _body(answer, until, hidden)
    finally:
        await answer.aclose()
    media_type = "".join(one for one in answer.headers.get("content-type", "") if one.isprintable())
    return Answered(
        status=answer.status_code,
        media_type=_shown(media_type, hidden)[:_MEDIA_TYPE_CHARACTERS_MAX] or "application/octet-stream",
        body=body[:ANSWER_BYTES_MAX],
        truncated=not whole or len(body) > ANSWER_BYTES_MAX,
    )


async def _body(answer: httpx.Response, until: float, hidden: Sequence[SecretValue]) -> tuple[bytes, bool]:
    """The body and whether it is all of it; once the status is known, a body that breaks off is a shorter one."""
    margin = _SPELLED_BYTES_MAX * max((len(value.reveal()) for value in hidden), default=0)
    body = bytearray()
    try:
        async with asyncio.timeout_at(until):
            async for piece in answer.aiter_raw(16 * 1024):
                body += piece
                if len(body) > ANSWER_BYTES_MAX + margin:
                    break
            else:
                return redact(bytes(body), hidden), True
    except (httpx.HTTPError, TimeoutError):
        pass
    kept = redact(bytes(body), hidden)
    return kept[: max(0, len(kept) - margin)], False


def _shown(text: str, hidden: Sequence[SecretValue]) -> str:
    return redact(text.encode(), hidden).decode(errors="replace")
