"""The supervisor with real processes: order, readiness, restarts, endings."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from entrypoints.stack import Phase, Stack, StartError
from entrypoints.stack.parts import Part
from tests.integration.stack.tiny import events, lives, pids, tiny
from tests.support.waiting import until


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def of(*parts: Part):
    """A part list that ignores the plan."""

    def given(_: object) -> Sequence[Part]:
        return parts

    return given


async def test_a_part_starts_only_once_what_it_needs_serves(notes: Path):
    parts = of(tiny("c", notes, needs=("a", "b")), tiny("a", notes, "slow"), tiny("b", notes, needs=("a",)))

    async with Stack.ephemeral(parts=parts):
        seen = events(notes)

    assert seen == ["a start", "a ready", "b start", "b ready", "c start", "c ready"]


async def test_parts_that_do_not_need_each_other_start_together(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes, "slow"), tiny("b", notes, "slow"))):
        seen = events(notes)

    assert set(seen[:2]) == {"a start", "b start"}


async def test_parts_end_after_those_that_need_them(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes), tiny("b", notes, needs=("a",)))):
        pass

    assert events(notes)[-2:] == ["b stop", "a stop"]
    assert not any(lives(pid) for pid in pids(notes))


async def test_a_part_that_dies_is_started_again_and_those_that_need_it_are_left_alone(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes), tiny("b", notes, needs=("a",)))) as stack:
        first, dependent = stack.pid_of("a"), stack.pid_of("b")
        os.kill(first, signal.SIGKILL)
        second = await stack.wait_restarted("a", within_s=10)
        state = stack.states["a"]

        assert second != first
        assert lives(second)
        assert (state.phase, state.restarts, state.last_exit_code) == (Phase.READY, 1, -signal.SIGKILL)
        assert stack.pid_of("b") == dependent
        assert stack.states["b"].restarts == 0


async def test_a_part_that_never_serves_fails_the_start_with_its_last_words_and_ends_the_others(notes: Path):
    with pytest.raises(StartError, match="broken cannot go on"):
        async with Stack.ephemeral(parts=of(tiny("a", notes), tiny("broken", notes, "dies", needs=("a",)))):
            pytest.fail("it must not serve")

    assert events(notes).count("broken start") == 3
    assert not any(lives(pid) for pid in pids(notes))


async def test_a_one_shot_part_that_fails_is_not_tried_again(notes: Path):
    with pytest.raises(StartError, match="once cannot go on"):
        async with Stack.ephemeral(parts=of(tiny("once", notes, "dies", one_shot=True))):
            pytest.fail("it must not serve")

    assert events(notes) == ["once start"]


async def test_the_answer_of_seed_names_the_users_and_stands_in_no_log(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("seed", notes, "answers", one_shot=True))) as stack:
        users, log = stack.users, (stack.home / "logs" / "seed.log").read_text()

    assert users == {"owner": {"email": "owner@example.test", "password": "open"}}
    assert log == ""


async def test_a_part_that_ignores_its_stop_signal_is_ended_by_force(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes, "stubborn", stop_grace_s=0.2))) as stack:
        pid = stack.pid_of("a")

    assert not lives(pid)


async def test_what_a_part_started_itself_ends_with_it(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes, "child"))):
        started = pids(notes)

    assert len(started) == 2
    assert not any(lives(pid) for pid in started)


async def test_a_throw_away_stack_leaves_neither_folder_nor_guard(notes: Path):
    async with Stack.ephemeral(parts=of(tiny("a", notes))) as stack:
        folder = stack.home
        assert folder.stat().st_mode & 0o077 == 0

    assert not folder.exists()
    assert not [command for command in _commands() if str(folder) in command]


async def test_two_stacks_side_by_side_share_no_port_and_end_apart(notes: Path):
    parts = of(tiny("a", notes))
    async with Stack.ephemeral(parts=parts) as one:
        async with Stack.ephemeral(parts=parts) as other:
            assert not set(vars(one.plan.ports).values()) & set(vars(other.plan.ports).values())
        await until(lambda: lives(one.pid_of("a")), within_s=1)

        assert one.states["a"].restarts == 0


async def test_a_need_that_no_part_meets_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        async with Stack.ephemeral(parts=of(tiny("a", Path("/dev/null"), needs=("nobody",)))):
            pytest.fail("it must not serve")


def _commands() -> list[str]:
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
    return found
