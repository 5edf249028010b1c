"""What every answer must be like, whatever was asked."""

import json
from typing import Any

# The codes of section "Errors" of Hasura's documentation that clients may meet; those for accidents are not among them.
CODES = {
    "validation-failed", "parse-failed", "invalid-json", "access-denied", "permission-denied", "permission-error",
    "not-exists", "already-exists", "already-tracked", "already-untracked", "not-found", "constraint-violation",
    "data-exception", "invalid-params", "bad-request", "dependency-error", "not-supported", "invalid-configuration",
    "constraint-error", "unexpected-payload", "conflict", "method-not-allowed", "busy", "invalid-headers",
    "invalid-jwt", "start-failed", "coercion-error", "action-webhook-error",
}  # fmt: skip

# SQLSTATEs for which Hasura, too, answers "database query error": what was asked makes sense to it, not to Postgres.
TOLERATED_STATES = {
    "42883",  # no such operator: the type has no equality or order, such as json or xml
    "0A000",  # not supported by Postgres
    "P0001",  # a function raises by itself
    "54000", "54001", "54011",  # beyond Postgres' own limits
    "2201B", "2201W", "2201X",
}  # fmt: skip


def check_graphql(status: int, text: str, *, sent: Any) -> dict[str, Any]:
    """The answer, which must be GraphQL and no accident.

    Raises:
        AssertionError: telling what was sent.
    """
    told = f"sent {sent!r}, answered {status} {text[:2000]}"
    assert status == 200, told
    answer = json.loads(text)
    assert isinstance(answer, dict), told
    if "errors" not in answer:
        assert set(answer) == {"data"}, told
        return answer
    assert set(answer) <= {"errors", "data"}, told
    assert answer["errors"], told
    for error in answer["errors"]:
        check_error(error, told)
    return answer


def check_error(error: dict[str, Any], told: str) -> None:
    """One entry of `errors`."""
    assert isinstance(error["message"], str), told
    assert set(error) == {"message", "extensions"}, told
    assert str(error["extensions"]["path"]).startswith("$"), told
    if error["extensions"]["code"] == "postgres-error":
        state = error["extensions"]["internal"]["error"]["status_code"]
        assert state in TOLERATED_STATES, told
    else:
        assert error["extensions"]["code"] in CODES, told
