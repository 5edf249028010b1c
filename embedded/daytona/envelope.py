"""A refusal as Daytona writes errors."""

import http
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse

from embedded.daytona.refusals import Refusal
from embedded.daytona.sandbox.record import now_text


def fields(refusal: Refusal, connection: HTTPConnection) -> dict[str, Any]:
    """The envelope, with the fields of both the control plane's and the sandbox's."""
    return {
        "statusCode": refusal.status,
        "error": _phrase(refusal.status),
        "message": refusal.message,
        "code": refusal.code,
        "source": refusal.source.value,
        "timestamp": now_text(),
        "path": connection.url.path,
        "method": connection.scope.get("method", "GET"),
    }


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def response(refusal: Refusal, connection: HTTPConnection) -> JSONResponse:
    """The answer that a refusal makes."""
    return JSONResponse(fields(refusal, connection), status_code=refusal.status)
