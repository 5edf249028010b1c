"""Callers known by their headers: for a moment, never longer than their token, and refusals not at all."""

import time
from types import SimpleNamespace

import pytest

from embedded.hasura.auth import known
from embedded.hasura.auth.identity import Authenticator, Identity
from embedded.hasura.auth.known import KnownCallers
from embedded.hasura.errors import EngineError

ADMIN = [(b"x-hasura-admin-secret", b"s"), (b"x-hasura-role", b"reader")]


class Counting:
    """Says who asks, and counts how often it was asked."""

    def __init__(self, expires_at: float | None = None) -> None:
        self.asked: list[dict[str, str]] = []
        self.generation = 0
        self.expires_at = expires_at

    def identify(self, headers):
        self.asked.append(dict(headers))
        return Identity(headers.get("x-hasura-role", "admin"), {}, expires_at=self.expires_at)


@pytest.fixture
def now(monkeypatch):
    clock = [1_000.0]
    monkeypatch.setattr(known, "time", SimpleNamespace(monotonic=lambda: clock[0], time=time.time))
    return clock


def test_the_same_headers_are_looked_at_once_whatever_else_differs():
    counting = Counting()
    callers = KnownCallers(counting)

    for length in (b"1", b"2", b"3"):
        who = callers.identify([(b"content-length", length), (b"x-request-id", length), *ADMIN])
        assert who.role == "reader"

    assert len(counting.asked) == 1


@pytest.mark.parametrize(
    "headers",
    [
        [ADMIN[0], (b"x-hasura-role", b"other")],
        [ADMIN[0]],
        [*ADMIN, (b"x-hasura-user-id", b"1")],
        [*ADMIN, (b"authorization", b"Bearer x")],
        [*ADMIN, (b"cookie", b"a=b")],
        [*ADMIN, (b"x-own-header-with-a-token", b"t")],
    ],
)
def test_any_header_that_may_matter_makes_another_caller(headers):
    counting = Counting()
    callers = KnownCallers(counting)
    callers.identify(ADMIN)

    callers.identify(headers)

    assert len(counting.asked) == 2


def test_what_was_verified_is_believed_for_five_seconds(now):
    counting = Counting()
    callers = KnownCallers(counting)
    callers.identify(ADMIN)

    now[0] += 4.9
    callers.identify(ADMIN)
    assert len(counting.asked) == 1

    now[0] += 0.2
    callers.identify(ADMIN)
    assert len(counting.asked) == 2


def test_a_token_is_not_believed_beyond_its_end(now):
    counting = Counting(expires_at=time.time() + 1)
    callers = KnownCallers(counting)
    callers.identify(ADMIN)

    now[0] += 1.1
    callers.identify(ADMIN)

    assert len(counting.asked) == 2


def test_refusals_are_not_remembered_and_a_known_caller_s_secret_opens_nothing_else():
    callers = KnownCallers(Authenticator("s", None, None))
    assert callers.identify(ADMIN).role == "reader"

    for _ in range(2):
        with pytest.raises(EngineError, match="invalid x-hasura-admin-secret"):
            callers.identify([(b"x-hasura-admin-secret", b"t"), ADMIN[1]])
        with pytest.raises(EngineError, match="required, but not found"):
            callers.identify([ADMIN[1]])


def test_only_so_many_callers_are_known(monkeypatch):
    monkeypatch.setattr(known, "_KNOWN_MAX", 3)
    counting = Counting()
    callers = KnownCallers(counting)

    for number in range(10):
        callers.identify([*ADMIN, (b"x-hasura-user-id", b"%d" % number)])

    assert len(callers._known) == 3
    callers.identify([*ADMIN, (b"x-hasura-user-id", b"9")])
    assert len(counting.asked) == 10
