"""Finding files by name and by content, and replacing text in them."""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH112, PTH116, PTH118, PTH123

import fnmatch
import os
import stat
import time
from collections.abc import Iterator

from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.failures import Failed, of_os_error, shown
from embedded.daytona.agent.wire import JsonObject

RESULTS_MAX = 10_000
SEARCHED_BYTES_MAX = 16 * 1024 * 1024
LINE_CHARACTERS_MAX = 1_000
SEARCH_WITHIN_S = 60.0


class _Budget:
    """How much more a search may find and take."""

    def __init__(self) -> None:
        self._deadline = time.monotonic() + SEARCH_WITHIN_S

    def check(self, found: int) -> None:
        if found >= RESULTS_MAX:
            raise Failed(400, "BAD_REQUEST", f"the search finds more than {RESULTS_MAX} results: narrow it")
        if time.monotonic() > self._deadline:
            raise Failed(408, "SEARCH_TIMEOUT", f"the search took longer than {SEARCH_WITHIN_S:.0f} s: narrow it")


def by_name(request: JsonObject, config: Configuration) -> JsonObject:
    """The paths below a folder whose last part matches a glob pattern."""
    budget = _Budget()
    found: list[str] = []
    root = config.path(request["path"])
    os.lstat(root)
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted([*folders, *names]):
            budget.check(len(found))
            if fnmatch.fnmatchcase(name, request["pattern"]):
                found.append(shown(os.path.join(folder, name)))
    return {"files": found}


def by_content(request: JsonObject, config: Configuration) -> JsonObject:
    """Every line that contains the pattern as plain text, in regular text files."""
    budget = _Budget()
    matches: list[JsonObject] = []
    root = config.path(request["path"])
    os.lstat(root)
    for path in _regular_files(root):
        budget.check(len(matches))
        for number, line in _matching_lines(path, request["pattern"]):
            budget.check(len(matches))
            matches.append({"file": shown(path), "line": number, "content": line[:LINE_CHARACTERS_MAX]})
    return {"matches": matches}


def _regular_files(root: str) -> Iterator[str]:
    if not os.path.isdir(root):
        yield root
        return
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if stat.S_ISREG(os.lstat(path).st_mode):
                yield path


def _matching_lines(path: str, pattern: str) -> Iterator[tuple[int, str]]:
    try:
        content = _read(path)
    except OSError:  # vanished or unreadable: others may still match
        return
    if b"\0" in content:
        return
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        if pattern in line:
            yield number, line


def _read(path: str) -> bytes:
    """The content, or nothing for what is not a regular file of a searchable size."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > SEARCHED_BYTES_MAX:
            return b""
        return file.read()


def replace(request: JsonObject, config: Configuration) -> JsonObject:
    """Per file whether the text was replaced; a file that fails does not stop the others."""
    return {"results": [_replace_in(config.path(name), name, request) for name in request["files"]]}


def _replace_in(path: str, name: str, request: JsonObject) -> JsonObject:
    try:
        os.stat(path)
        before = _read(path)
        after = before.replace(request["pattern"].encode(), request["newValue"].encode())
        if after != before:
            with open(path, "wb") as file:
                file.write(after)
    except OSError as error:
        return {"file": shown(name), "success": False, "error": of_os_error(error).message}
    return {"file": shown(name), "success": True}
