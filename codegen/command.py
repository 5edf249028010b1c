"""Make every file, then write what is not as it should be, or tell it and fail."""

import sys
from collections.abc import Sequence
from pathlib import Path

from codegen.differences import differences, mend
from codegen.generator import Generator
from codegen.staging import generate

MENDS = "make codegen"


def run(root: Path, generators: Sequence[Generator], *, check: bool) -> int:
    """0 when all is well; 1 when something could not be made, or when `check` found what is not as it should be."""
    made = generate(root, generators)
    found = differences(root, made)
    for failure in made.failures:
        _say(f"{failure}\n")
    if check:
        for difference in found:
            _say(f"{difference.words()}\n")
        if found:
            _say(f"{len(found)} generated files are not as they should be: run `{MENDS}` and commit what it writes.")
        return 1 if found or made.failures else 0
    for difference in found:
        mend(root, made, difference)
        print(f"{'removed' if difference.kind == 'left over' else 'wrote'} {difference.path}")
    return 1 if made.failures else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)
