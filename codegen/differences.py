"""What lies in the tree and what would be written there, compared."""

import difflib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from codegen.staging import Generated, write

# More of a difference than this is read in an editor, not in a terminal.
LINES_SHOWN_MAX = 60
LINE_CHARACTERS_MAX = 300


@dataclass(frozen=True)
class Difference:
    """One file that is not as it would be written; `lines` are those of a unified difference, if there is one."""

    path: str
    kind: Literal["stale", "missing", "left over"]
    lines: tuple[str, ...] = ()

    def words(self) -> str:
        """The difference for people, not longer than a screen or two."""
        what = {
            "stale": "is not what would be generated: it is stale, or was edited by hand",
            "missing": "is missing",
            "left over": "is left over: nothing generates it any more",
        }[self.kind]
        more = len(self.lines) - LINES_SHOWN_MAX
        shown = [line[:LINE_CHARACTERS_MAX] for line in islice(self.lines, LINES_SHOWN_MAX)]
        return "\n".join([f"{self.path} {what}", *shown, *([f"… and {more} more lines"] if more > 0 else [])])


def differences(root: Path, made: Generated) -> list[Difference]:
    """Every file that is not as it would be written, by path."""
    found = [Difference(path, "left over") for path in made.left_over]
    for path, text in made.texts.items():
        file = root / path
        if not file.is_file():
            found.append(Difference(path, "missing"))
        elif (before := file.read_bytes()) != text.encode():
            found.append(Difference(path, "stale", _lines(path, before.decode(errors="replace"), text)))
    return sorted(found, key=lambda one: one.path)


def mend(root: Path, made: Generated, difference: Difference) -> None:
    """Write the file, or remove what is left over together with folders that held nothing else."""
    file = root / difference.path
    if difference.kind != "left over":
        write(file, made.texts[difference.path])
        return
    file.unlink()
    for folder in file.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()


def _lines(path: str, before: str, after: str) -> tuple[str, ...]:
    # Line ends other than our own are part of what differs, and must be seen.
    old, new = (text.replace("\r", "\\r").split("\n") for text in (before, after))
    return tuple(difflib.unified_diff(old, new, path, f"{path} (generated)", n=2, lineterm=""))
