"""Whether an endpoint is ready, by its readiness contract."""

import asyncio
import base64
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import httpx

from contracts.endpoints import AuthKind, ReadinessContract
from runtime.failures import Failure
from runtime.secrets import SecretValue, redact

# A readiness answer is a word or a small document; the rest is not read.
RESPONSE_BYTES_MAX = 256 * 1024


@dataclass(frozen=True)
class Auth:
    """An auth contract with its value; `name` is the user for `basic`, else the name of the header or parameter."""

    kind: AuthKind = AuthKind.NONE
    value: SecretValue | None = None
    name: str = ""


@dataclass(frozen=True)
class Asked:
    """What a request holds beside its credential."""

    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None


@dataclass(frozen=True)
class Readiness:
    """What a probe found; `detail` says why not in words that hold no secret."""

    ready: bool
    detail: str
    observed_at: datetime
    latency_ms: int
    status: int | None = None


async def probe(
    base_url: str, contract: ReadinessContract, auth: Auth, *, client: httpx.AsyncClient | None = None
) -> Readiness:
    """Whether the endpoint answers as the contract says; faults of the endpoint are an answer, not a failure.

    Redirects are not followed: where they lead is not what the contract names, nor who the credential is for.

    Raises:
        Failure: CONTRACT_REFUSED, if the contract itself cannot be carried out.
    """
    request = request_to(base_url, contract.method, contract.path, auth)
    begun = time.monotonic()
    if client is not None:
        ready, detail, status = await _observed(client, request, contract)
    else:
        async with httpx.AsyncClient(follow_redirects=False, trust_env=False) as own:
            ready, detail, status = await _observed(own, request, contract)
    latency_ms = int((time.monotonic() - begun) * 1000)
    hidden = [auth.value] if auth.value else []
    return Readiness(ready, redact(detail.encode(), hidden).decode(), datetime.now(UTC), latency_ms, status)


async def _observed(
    client: httpx.AsyncClient, request: httpx.Request, contract: ReadinessContract
) -> tuple[bool, str, int | None]:
    try:
        # The timeout of httpx is per read; a drip of bytes is bounded by this one.
        async with asyncio.timeout(contract.timeout_ms / 1000):
            request.extensions["timeout"] = httpx.Timeout(contract.timeout_ms / 1000).as_dict()
            answer = await client.send(request, stream=True, follow_redirects=False)
            try:
                body = await _body(answer)
            finally:
                await answer.aclose()
    except (TimeoutError, httpx.TimeoutException):
        return False, f"It did not answer within {contract.timeout_ms} ms.", None
    except (httpx.ProtocolError, httpx.DecodingError, httpx.InvalidURL, httpx.StreamError) as error:
        # Their words quote pieces of what was sent and answered, in which a piece of a credential may stand.
        return False, f"It could not be reached: its answer is no sound HTTP ({type(error).__name__}).", None
    except httpx.HTTPError as error:
        return False, f"It could not be reached: {str(error) or type(error).__name__}.", None
    return *_judged(answer, body, contract), answer.status_code


def _judged(answer: httpx.Response, body: bytes | None, contract: ReadinessContract) -> tuple[bool, str]:
    if answer.status_code != contract.expect_status:
        word = ", a redirect, which is not followed" if answer.is_redirect else ""
        return False, f"It answered {answer.status_code}{word}, not {contract.expect_status}."
    if contract.expect_json is None:
        return True, f"It answered {answer.status_code}."
    if body is None:
        return False, f"Its answer is larger than {RESPONSE_BYTES_MAX} bytes."
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError):
        return False, "Its answer is not JSON."
    missing = _missing(contract.expect_json, document, "$")
    return (False, missing) if missing else (True, f"It answered {answer.status_code} as expected.")


def _missing(expected: object, found: object, where: str) -> str | None:
    """The first place where `found` does not hold what is expected; objects may have more members than expected."""
    if isinstance(expected, dict) and isinstance(found, dict):
        members, has = cast("dict[str, object]", expected), cast("dict[str, object]", found)
        for key, value in members.items():
            if key not in has:
                return f"Its answer has no {where}.{key}."
            if missing := _missing(value, has[key], f"{where}.{key}"):
                return missing
        return None
    if isinstance(expected, bool) is isinstance(found, bool) and expected == found:
        return None
    return f"Its answer has another value at {where} than expected."


async def _body(answer: httpx.Response) -> bytes | None:
    body = bytearray()
    async for piece in answer.aiter_bytes(16 * 1024):
        body += piece
        if len(body) > RESPONSE_BYTES_MAX:
            return None
    return bytes(body)


def request_to(base_url: str, method: str, path: str, auth: Auth, asked: Asked | None = None) -> httpx.Request:
    """A request below the endpoint's URL that authenticates as its contract says.

    Raises:
        Failure: CONTRACT_REFUSED, if that cannot be sent.
    """
    asked = asked or Asked()
    try:
        url = httpx.URL(base_url.rstrip("/") + path)
    except httpx.InvalidURL as error:
        raise Failure("CONTRACT_REFUSED", "The endpoint's URL is not a URL.") from error
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise Failure("CONTRACT_REFUSED", "An endpoint is reached by http or https, without credentials in its URL.")
    headers, parameters = _credentials(auth)
    if {name.lower() for name in headers} & {name.lower() for name, _ in asked.headers}:
        raise Failure("CONTRACT_REFUSED", "A header is the one by which the endpoint's contract authenticates.")
    if set(parameters) & {name for name, _ in asked.query}:
        raise Failure("CONTRACT_REFUSED", "A parameter is the one by which the endpoint's contract authenticates.")
    query = (*asked.query, *parameters.items())
    try:
        return httpx.Request(
            method,
            url.copy_merge_params(query) if query else url,
            headers=[*headers.items(), *asked.headers],
            content=asked.content,
        )
    except (UnicodeEncodeError, ValueError) as error:
        raise Failure("CONTRACT_REFUSED", "The credential cannot stand in a request.") from error


def _credentials(auth: Auth) -> tuple[dict[str, str], dict[str, str]]:
    if auth.kind is AuthKind.NONE:
        return {}, {}
    if auth.value is None or (auth.kind is not AuthKind.BEARER and not auth.name):
        raise Failure("CONTRACT_REFUSED", f"Auth by {auth.kind.value} needs a value, and a name unless it is bearer.")
    value = auth.value.reveal()
    if any(character in value for character in "\r\n\0"):
        raise Failure("CONTRACT_REFUSED", "The credential has more than one line.")
    match auth.kind:
        case AuthKind.BEARER:
            return {"Authorization": f"Bearer {value}"}, {}
        case AuthKind.BASIC:
            pair = base64.b64encode(f"{auth.name}:{value}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}, {}
        case AuthKind.HEADER:
            return {auth.name: value}, {}
        case AuthKind.QUERY:
            return {}, {auth.name: value}
        case AuthKind.OAUTH2_CLIENT_CREDENTIALS | AuthKind.BROWSER_SESSION:
            raise Failure("CONTRACT_REFUSED", f"Readiness cannot be asked with auth of kind {auth.kind.value}.")
