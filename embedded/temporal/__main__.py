"""Serve Temporal in the foreground: `TEMPORAL_PORT`, `TEMPORAL_UI_PORT` and `TEMPORAL_DB_FILE` say where."""

import os
from pathlib import Path

from embedded.temporal.server import TemporalServer


def main() -> None:
    """Prepare the folder, then become the server, so that signals reach it unaltered."""
    server = TemporalServer(
        port=int(os.environ["TEMPORAL_PORT"]),
        ui_port=int(os.environ["TEMPORAL_UI_PORT"]),
        database_file=Path(os.environ["TEMPORAL_DB_FILE"]),
    )
    server.prepare()
    command = server.command()
    os.execv(command[0], command)  # noqa: S606  - the command is ours, and no shell is wanted


if __name__ == "__main__":
    main()
