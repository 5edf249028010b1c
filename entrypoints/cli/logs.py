"""`logs`: what the parts of the local stack wrote."""

import os
import time
from collections import deque
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from entrypoints.cli.output import Failure, Json, say_json
from entrypoints.config import state_folder
from entrypoints.stack.home import Home
from entrypoints.stack.parts import log_file

app = typer.Typer()

_POLL_S = 0.25


@app.command()
def logs(
    *,
    part: Annotated[str | None, typer.Argument(help="A part as `fractalops status` names it; without it, all.")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with new lines until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many lines of each part.")] = 40,
    json: Json = False,
) -> None:
    """Show the last lines of every part of this folder's stack, or of one; also after it has ended.

    With --json: one array of {part, lines}; it cannot be combined with --follow.
    """
    if json and follow:
        raise typer.BadParameter("--json prints one document; leave out --follow.")
    files = _files(part)
    if json:
        say_json([{"part": file.stem, "lines": _last_lines(file, lines)} for file in files])
        return
    for file in files:
        for line in _last_lines(file, lines):
            _say(file.stem, line, alone=len(files) == 1)
    if follow:
        _follow(files)


def _files(part: str | None) -> list[Path]:
    folder = Home(state_folder()).logs
    if part is None:
        return [file for file in sorted(folder.glob("*.log")) if not file.stem.endswith(".before")]
    file = log_file(folder, part)
    if file.parent != folder or not file.exists():
        known = ", ".join(file.stem for file in _files(None)) or "none yet"
        raise Failure(f"There is no log of a part {part!r}; there are: {known}.", code="NOT_FOUND")
    return [file]


def _last_lines(file: Path, count: int) -> list[str]:
    with file.open(errors="replace") as opened:
        return [line.rstrip("\n") for line in deque(opened, maxlen=count)]


def _follow(files: list[Path]) -> None:
    opened: dict[Path, BinaryIO] = {}
    try:
        for file in files:
            opened[file] = file.open("rb")
            opened[file].seek(0, os.SEEK_END)
        while True:
            for file in files:
                opened[file] = _again_if_replaced(file, opened[file])
                for line in opened[file]:
                    _say(file.stem, line.decode(errors="replace").rstrip("\n"), alone=len(files) == 1)
            time.sleep(_POLL_S)
    except KeyboardInterrupt:
        return
    finally:
        for handle in opened.values():
            handle.close()


def _again_if_replaced(file: Path, handle: BinaryIO) -> BinaryIO:
    # A new start begins a new file; a log that grew too large is cut in place.
    now = file.stat() if file.exists() else None
    held = os.fstat(handle.fileno())
    if now and now.st_ino != held.st_ino:
        handle.close()
        return file.open("rb")
    if held.st_size < handle.tell():
        handle.seek(0)
    return handle


def _say(part: str, line: str, *, alone: bool) -> None:
    print(line if alone else f"{part:<11} {line}", flush=True)
