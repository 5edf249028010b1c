"""Serve PostgreSQL in the foreground: `PGDATA`, `PGPORT`, `PGPASSWORD` and optionally `PGHOST` say how."""

import os
from pathlib import Path

from embedded.postgres.server import PostgresServer


def main() -> None:
    """Prepare the folder, then become the server, so that signals reach it unaltered."""
    server = PostgresServer(
        data_dir=Path(os.environ["PGDATA"]),
        port=int(os.environ["PGPORT"]),
        password=os.environ["PGPASSWORD"],
        host=os.environ.get("PGHOST", "127.0.0.1"),
    )
    server.initialise()
    command = server.command()
    os.execvp(command[0], command)  # noqa: S606  - the command is ours, and no shell is wanted


if __name__ == "__main__":
    main()
