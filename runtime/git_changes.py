"""The files that a change touches, read from git's own listing."""

from dataclasses import dataclass
from enum import StrEnum

_SUBMODULE_MODE = "160000"
_SYMLINK_MODE = "120000"
_ABSENT_MODE = "000000"


class FileStatus(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    MODIFIED = "modified"
    DELETED = "deleted"
    RENAMED = "renamed"
    COPIED = "copied"
    TYPE_CHANGED = "type_changed"


class FileKind(StrEnum):
    """What an entry is; after a deletion, what it was."""

    FILE = "file"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


_STATUSES = {
    "A": FileStatus.ADDED,
    "M": FileStatus.MODIFIED,
    "D": FileStatus.DELETED,
    "R": FileStatus.RENAMED,
    "C": FileStatus.COPIED,
    "T": FileStatus.TYPE_CHANGED,
}


@dataclass(frozen=True)
class ChangedFile:
    """One file of a change, its paths safe to show; `added` and `deleted` count lines (None: binary)."""

    path: str
    status: FileStatus
    kind: FileKind
    added: int | None
    deleted: int | None
    before_path: str | None = None
    mode_changed: bool = False


def changed_files(listing: bytes) -> list[ChangedFile]:
    """The files in the output of `git diff --raw --numstat -z`, in its order."""
    fields = iter(listing.split(b"\0"))
    entries: list[tuple[list[str], bytes, bytes | None]] = []
    counts: dict[bytes, tuple[int | None, int | None]] = {}
    for record in fields:
        if record.startswith(b":"):
            words = record[1:].decode("ascii").split(" ")
            first = next(fields)
            two_paths = words[-1][:1] in {"R", "C"}
            entries.append((words, next(fields), first) if two_paths else (words, first, None))
        elif record:
            added, deleted, path = record.split(b"\t", 2)
            if not path:
                _, path = next(fields), next(fields)
            counts[path] = (_count(added), _count(deleted))
    return [_changed(words, path, before, counts.get(path, (None, None))) for words, path, before in entries]


def shown_path(path: bytes) -> str:
    """A path that can be shown and stored: what is not UTF-8 or not printable stands as an escape."""
    text = path.decode("utf-8", "backslashreplace")
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _changed(words: list[str], path: bytes, before: bytes | None, counts: tuple[int | None, int | None]) -> ChangedFile:
    old_mode, new_mode, *_, status = words
    mode = old_mode if new_mode == _ABSENT_MODE else new_mode
    kind = {_SUBMODULE_MODE: FileKind.SUBMODULE, _SYMLINK_MODE: FileKind.SYMLINK}.get(mode, FileKind.FILE)
    return ChangedFile(
        path=shown_path(path),
        status=_STATUSES[status[:1]],
        kind=kind,
        added=counts[0],
        deleted=counts[1],
        before_path=None if before is None else shown_path(before),
        mode_changed=_ABSENT_MODE not in {old_mode, new_mode} and old_mode != new_mode,
    )


def _count(text: bytes) -> int | None:
    return None if text == b"-" else int(text)
