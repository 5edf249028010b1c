"""When sandboxes stop and vanish by themselves."""

import datetime as dt

import pytest

from embedded.daytona.launch.disk import Kind
from embedded.daytona.sandbox.clock import is_expired, is_idle
from embedded.daytona.sandbox.record import Record, State


def record(state: State, *, minutes_ago: float, auto_stop: int = 0, auto_delete: int = -1) -> Record:
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes_ago)).isoformat()
    return Record(
        id="i",
        name="n",
        target="local",
        labels={},
        env={},
        cpus=1,
        memory_mib=1,
        disk_mib=1,
        disk=Kind.FOLDER,
        uid=1,
        auto_stop_minutes=auto_stop,
        auto_archive_minutes=0,
        auto_delete_minutes=auto_delete,
        state=state,
        active_at=then,
        stopped_at=then,
    )


@pytest.mark.parametrize(
    ("state", "minutes_ago", "auto_stop", "expected"),
    [
        (State.STARTED, 5.1, 5, True),
        (State.STARTED, 4.9, 5, False),
        (State.STARTED, 10_000, 0, False),
        (State.STOPPED, 10, 5, False),
    ],
)
def test_a_started_sandbox_is_idle_after_its_interval(
    state: State, minutes_ago: float, auto_stop: int, *, expected: bool
):
    assert is_idle(record(state, minutes_ago=minutes_ago, auto_stop=auto_stop)) is expected


@pytest.mark.parametrize(
    ("state", "minutes_ago", "auto_delete", "expected"),
    [
        (State.STOPPED, 0, 0, True),
        (State.STOPPED, 5.1, 5, True),
        (State.STOPPED, 4.9, 5, False),
        (State.STOPPED, 10_000, -1, False),
        (State.STARTED, 10, 5, False),
    ],
)
def test_a_stopped_one_expires_after_its_interval(
    state: State, minutes_ago: float, auto_delete: int, *, expected: bool
):
    assert is_expired(record(state, minutes_ago=minutes_ago, auto_delete=auto_delete)) is expected
