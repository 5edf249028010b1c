"""How Auth refuses: a status, a code for machines and a sentence for people."""

import logging
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse

from embedded.supabase.json_values import Object

_VERSION_HEADER = "x-supabase-api-version"
_SECOND_VERSION = "2024-01-01"
_log = logging.getLogger(__name__)


@dataclass
class AuthRefusal(Exception):  # noqa: N818  - a refusal is an answer, not a fault
    """An expected failure; `code` is one of Auth's error codes."""

    status: int
    code: str
    message: str
    details: Object = field(default_factory=dict[str, object])


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    """`error` in the shape that the client's API version expects."""
    if not isinstance(error, AuthRefusal):
        raise error
    if request.headers.get(_VERSION_HEADER, "") >= _SECOND_VERSION:
        body = {"code": error.code, "message": error.message, **error.details}
        headers = {_VERSION_HEADER: _SECOND_VERSION}
    else:
        body = {"code": error.status, "error_code": error.code, "msg": error.message, **error.details}
        headers = {}
    return JSONResponse(body, error.status, {**headers, "x-sb-error-code": error.code})


async def answer_bad_text(request: Request, _error: Exception) -> JSONResponse:
    """The answer to text that no column can hold, such as a zero byte or half a surrogate pair."""
    return await answer_refusal(request, AuthRefusal(400, "validation_failed", "Request holds characters without text"))


async def answer_failure(request: Request, error: Exception) -> JSONResponse:
    """The answer when the database is away, or to anything else unexpected."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    message = "Unexpected failure, please check server logs for more information"
    return await answer_refusal(request, AuthRefusal(500, "unexpected_failure", message))
