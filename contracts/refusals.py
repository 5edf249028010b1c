"""Expected failures: a closed list of codes for machines, one sentence for people."""

from enum import StrEnum


class Code(StrEnum):
    """Why a request was refused or a harness failed; clients may act on it."""

    # Refusals of a request.
    INVALID_INPUT = "INVALID_INPUT"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    UNKNOWN_ENDPOINT_KIND = "UNKNOWN_ENDPOINT_KIND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    WRONG_STATE = "WRONG_STATE"
    NOT_ACTIVE = "NOT_ACTIVE"
    NOTHING_TO_RESUME = "NOTHING_TO_RESUME"
    OWN_PROPOSAL = "OWN_PROPOSAL"
    STALE = "STALE"
    EXPIRED = "EXPIRED"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"
    # Reasons why a harness or an execution failed.
    CHECKS_FAILED = "CHECKS_FAILED"
    ENDPOINT_UNREACHABLE = "ENDPOINT_UNREACHABLE"
    ENDPOINT_NOT_READY = "ENDPOINT_NOT_READY"
    SECRET_UNRESOLVABLE = "SECRET_UNRESOLVABLE"  # noqa: S105  - a code, not a credential
    SANDBOX_FAILED = "SANDBOX_FAILED"
    BROWSER_OBSERVATION_REQUIRED = "BROWSER_OBSERVATION_REQUIRED"
    BRANCH_NOT_FOUND = "BRANCH_NOT_FOUND"
    RUN_FAILED = "RUN_FAILED"
    RUN_TIMED_OUT = "RUN_TIMED_OUT"
    PATCH_TOO_LARGE = "PATCH_TOO_LARGE"
    PATCH_DOES_NOT_APPLY = "PATCH_DOES_NOT_APPLY"
    VERIFY_FAILED = "VERIFY_FAILED"
    VERIFY_TIMED_OUT = "VERIFY_TIMED_OUT"
    BASE_MOVED = "BASE_MOVED"
    PUSH_REFUSED = "PUSH_REFUSED"
    RUNTIME_LOST = "RUNTIME_LOST"


class Refusal(Exception):  # noqa: N818  - a refusal is an answer, not an error
    """An expected failure with a code that a client may act on; `retry` says that the same request may pass later."""

    def __init__(self, code: Code, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry = retry
