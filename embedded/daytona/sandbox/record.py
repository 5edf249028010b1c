"""What is known about a sandbox, kept as one JSON file that is replaced whole."""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from embedded.daytona.launch.disk import Kind

_FILE = "sandbox.json"


def now_text() -> str:
    """The present time as Daytona writes times."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class State(StrEnum):
    """Where a sandbox is in its life; the values are Daytona's."""

    STARTING = "starting"
    STARTED = "started"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DESTROYING = "destroying"
    DESTROYED = "destroyed"
    ERROR = "error"


@dataclass
class Record:
    """One sandbox."""

    id: str
    name: str
    target: str
    labels: dict[str, str]
    env: dict[str, str]
    cpus: int
    memory_mib: int
    disk_mib: int
    disk: Kind
    uid: int
    auto_stop_minutes: int
    auto_archive_minutes: int
    auto_delete_minutes: int
    """Minutes in the state stopped after which the sandbox is deleted; 0 at once, -1 never."""
    is_public: bool = False
    state: State = State.STOPPED
    error: str = ""
    created_at: str = field(default_factory=now_text)
    updated_at: str = field(default_factory=now_text)
    active_at: str = field(default_factory=now_text)
    stopped_at: str = ""

    def become(self, state: State, *, error: str = "") -> None:
        """Note a change of state, and when it happened."""
        self.state = state
        self.error = error
        self.updated_at = now_text()
        if state in (State.STOPPED, State.ERROR):
            self.stopped_at = self.updated_at

    def touch(self) -> None:
        """Note that somebody used the sandbox."""
        self.active_at = now_text()

    def save(self, folder: Path) -> None:
        """Replace the file; it holds the sandbox's environment, so only the server may read it."""
        partial = folder / f"{_FILE}.partial"
        with open(partial, "w", opener=_private) as file:
            json.dump(asdict(self), file)
        partial.replace(folder / _FILE)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def load(folder: Path) -> Record | None:
    """The record in `folder`, or None where a creation or deletion was cut short."""
    try:
        fields = json.loads((folder / _FILE).read_text())
    except FileNotFoundError:
        return None
    record = Record(**fields)
    return replace(record, state=State(record.state), disk=Kind(record.disk))


def seconds_since(text: str) -> float:
    """How long ago a time was that `now_text` wrote."""
    return (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(text)).total_seconds()
