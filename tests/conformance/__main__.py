"""`python -m tests.conformance [--suite FOLDER] [--category GLOB] [--only GLOB] [--mode NAME] [-v]`.

The exit code is 0 if every core case passes, nine of ten admin cases pass and the others are named as known
differences; 1 if not; 2 if the suite could not be run.
"""
# ruff: noqa: T201  - a program of its own, which tells people what it found

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

from tests.conformance import report
from tests.conformance.modes import MODES
from tests.conformance.results import Answer, joined, priorities
from tests.conformance.running import RunnerError, answers
from tests.support.postgres import scratch_database, scratch_postgres

_ROOT = Path(__file__).resolve().parents[2]
# Beside the project; and how `make` passes on what it was told.
_BESIDE = "../shared/conformance/hasura"
_SUITE, _CATEGORY, _ONLY, _VERBOSE = (
    f"FRACTALOPS_CONFORMANCE_{name}" for name in ("SUITE", "CATEGORY", "ONLY", "VERBOSE")
)
_PAGE = _ROOT / "embedded" / "hasura" / "KNOWN_DIFFERENCES.md"


def main(arguments: list[str]) -> int:
    """0, 1 or 2, as the module says."""
    options = _parser().parse_args(arguments)
    suite = (_ROOT / options.suite).resolve()
    if not (suite / "run.py").is_file():
        print(
            f"The conformance suite is not at {suite}: set HASURA_SUITE to the folder that holds its run.py.",
            file=sys.stderr,
        )
        return 2
    try:
        said = asyncio.run(_all(suite, options))
    except RunnerError as error:
        print(error, file=sys.stderr)
        return 2
    if not said:
        print("No case of the suite fits what was chosen.", file=sys.stderr)
        return 2
    return _conclude(said, suite, verbose=options.verbose > 0)


async def _all(suite: Path, options: argparse.Namespace) -> list[Answer]:
    choice = [part for glob in options.category for part in ("--category", glob)]
    choice += [part for glob in options.only for part in ("--only", glob)]
    choice += ["-v"] * options.verbose
    found: list[Answer] = []
    async with scratch_postgres() as server:
        for number, mode in enumerate(MODES):
            if options.mode and mode.name not in options.mode:
                continue
            began = time.monotonic()
            url = await scratch_database(server, f"conformance_{number}")
            fresh = await answers(mode, suite, url, choice, shown=options.verbose > 0)
            print(f"conformance: {mode.name}: {len(fresh)} checks ({time.monotonic() - began:.1f} s)", flush=True)
            found += fresh
    return found


def _conclude(said: list[Answer], suite: Path, *, verbose: bool) -> int:
    cases = joined(said, priorities(suite))
    known_ids = report.known(_PAGE.read_text())
    for line in report.lines(cases, known_ids, verbose=verbose):
        print(line)
    for case_id in report.stale(cases, known_ids):
        print(f"conformance: {case_id} passes: take it out of {_PAGE.relative_to(_ROOT)}.")
    faults = report.faults(cases, known_ids)
    for fault in faults:
        print(f"conformance: {fault}")
    if not faults:
        print("conformance: all that must pass passes.")
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    given = os.environ.get
    parser.add_argument("--suite", default=given(_SUITE) or _BESIDE, help="its folder, from the project or absolute")
    parser.add_argument("--category", action="append", default=_listed(given(_CATEGORY)), help="such as 'actions:*'")
    parser.add_argument("--only", action="append", default=_listed(given(_ONLY)), help="group, case, file or folder")
    parser.add_argument("--mode", action="append", default=[], choices=[mode.name for mode in MODES])
    parser.add_argument(
        "-v",
        "--verbose",
        action="count",
        default=int(given(_VERBOSE) or 0),
        help="every failure in full, and the runner's words",
    )
    return parser


def _listed(written: str | None) -> list[str]:
    return [written] if written else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
