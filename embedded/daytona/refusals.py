"""Expected failures, as Daytona's SDK tells them apart: an HTTP status, and a code with its source."""

from enum import StrEnum


class Source(StrEnum):
    """Which part of Daytona speaks; the SDK looks up its exception class by source and code."""

    API = "DAYTONA_API"
    DAEMON = "DAYTONA_DAEMON"


class Refusal(Exception):  # noqa: N818  - an outcome, named as one
    """An expected failure with the status that a client may act on."""

    def __init__(self, status: int, code: str, message: str, *, source: Source = Source.API) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.source = source


def bad_request(message: str) -> Refusal:
    """400: the request makes no sense or asks for what this service cannot do."""
    return Refusal(400, "BAD_REQUEST", message)


def not_found(what: str) -> Refusal:
    """404."""
    return Refusal(404, "NOT_FOUND", f"{what} not found")


def conflict(message: str) -> Refusal:
    """409."""
    return Refusal(409, "CONFLICT", message)


def unsupported(what: str) -> Refusal:
    """501: a part of Daytona that this service leaves out."""
    return Refusal(501, "NOT_SUPPORTED", f"not supported by the embedded sandbox service: {what}")


def unavailable(message: str) -> Refusal:
    """503: trying again later may help."""
    return Refusal(503, "UNAVAILABLE", message)


def daemon(status: int, code: str, message: str) -> Refusal:
    """A failure inside the sandbox."""
    return Refusal(status, code, message, source=Source.DAEMON)
