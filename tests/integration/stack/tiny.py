"""Stacks of tiny parts, and what became of them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from entrypoints.stack.parts import Part, Plan

PROGRAM = Path(__file__).parent / "tiny_part.py"


def tiny(
    name: str,
    notes: Path,
    *behaviours: str,
    needs: tuple[str, ...] = (),
    one_shot: bool = False,
    stop_grace_s: float = 5,
) -> Part:
    """A part that runs `tiny_part.py`."""
    return Part(
        name=name,
        command=(sys.executable, str(PROGRAM), name, str(notes), *behaviours),
        environment={"PATH": os.environ["PATH"]},
        needs=needs,
        one_shot=one_shot,
        stop_grace_s=stop_grace_s,
    )


def seeded(plan: Plan) -> Sequence[Part]:
    """Three parts, one of them the one-shot that names the users; their notes lie in the folder `FO_TEST_NOTES`."""
    notes = Path(os.environ["FO_TEST_NOTES"])
    assert plan.home.folder.is_dir()
    return (
        tiny("store", notes, "child"),
        tiny("service", notes, needs=("store",)),
        tiny("seed", notes, "answers", needs=("service",), one_shot=True),
    )


def events(notes: Path) -> list[str]:
    """What happened, in order, as `name event`."""
    return [line.rsplit(" ", 1)[0] for line in _lines(notes)]


def pids(notes: Path) -> set[int]:
    """Every process that the parts noted."""
    return {int(line.rsplit(" ", 1)[1]) for line in _lines(notes)}


def lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _lines(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []
