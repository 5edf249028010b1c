"""What the client raises when it cannot give an answer."""

from collections.abc import Sequence
from typing import Any, cast

_SERVER_FAULT = 500
# Request timeout, too early, too many requests.
_PASSING = frozenset({408, 425, 429})


class FractalOpsError(Exception):
    """There is no answer; `code` is what machines act on, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Refused(FractalOpsError):  # noqa: N818  - a refusal is an answer, not an error
    """The platform refused the request; `retry` says that the very same request may pass later."""

    def __init__(self, code: str, message: str, *, retry: bool = False) -> None:
        super().__init__(code, message)
        self.retry = retry


class Unreachable(FractalOpsError):  # noqa: N818  - it says what is, as Refused does
    """No answer came that could be understood: what was asked may or may not have happened.

    `may_pass_later` is False where the fault lies in the request or the address.
    """

    def __init__(self, message: str, *, may_pass_later: bool = True) -> None:
        super().__init__("UNREACHABLE", message)
        self.may_pass_later = may_pass_later


def refusal(errors: Sequence[Any]) -> Refused:
    """What the first of a GraphQL answer's errors says."""
    first = _mapping(errors[0] if errors else None)
    extensions = _mapping(first.get("extensions"))
    message = str(first.get("message") or "The platform refused without a word.")
    return Refused(str(extensions.get("code") or "FAILED"), message, retry=extensions.get("retry") is True)


def may_pass_later(status: int) -> bool:
    """Whether a request that got this HTTP status may pass when it is sent again."""
    return status >= _SERVER_FAULT or status in _PASSING


def _mapping(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
