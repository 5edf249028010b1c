"""Make every file, then write what is not as it should be, or tell it and fail."""

import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from codegen import review, schema
from codegen.compatibility import Schemas
from codegen.differences import differences, mend
from codegen.generator import Generator
from codegen.staging import Generated, generate

MENDS = "make codegen"


def run(root: Path, generators: Sequence[Generator], *, check: bool) -> int:
    """0 when all is well; 1 when something cannot be made, breaks clients, or (for `check`) is not as it should be."""
    made = generate(root, generators)
    for failure in made.failures:
        _complain(failure)
    return _check(root, made) if check else _write(root, made)


def _check(root: Path, made: Generated) -> int:
    found = differences(root, made)
    for difference in found:
        _complain(difference.words())
    now = _schemas(made)
    refused = [*_reviewed(review.of_change(root, now)), *_reviewed(review.of_history(root, now))] if now else []
    if found:
        _complain(f"{len(found)} generated files are not as they should be: run `{MENDS}` and commit what it writes.")
    return 1 if found or refused or made.failures else 0


def _write(root: Path, made: Generated) -> int:
    now = _schemas(made)
    if now and _reviewed(review.of_change(root, now)):
        _complain("Nothing was written.")
        return 1
    for difference in differences(root, made):
        mend(root, made, difference)
        print(f"{'removed' if difference.kind == 'left over' else 'wrote'} {difference.path}")
    return 1 if made.failures else 0


def _schemas(made: Generated) -> Schemas:
    return {PurePosixPath(path).stem: text for path, text in made.texts.items() if path.startswith(schema.FOLDER)}


def _reviewed(reviewed: review.Review) -> list[str]:
    for line in reviewed.told:
        print(line, flush=True)
    for refusal in reviewed.refused:
        _complain(refusal)
    return reviewed.refused


def _complain(words: str) -> None:
    print(f"{words}\n", file=sys.stderr, flush=True)
