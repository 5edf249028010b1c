"""Write the schema as it is now, from the migrations: `make schema` writes `hasura/schema/schema.sql`."""

import asyncio
import os
import re
import secrets
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import asyncpg

from embedded.postgres.server import PostgresServer, program
from entrypoints.config import ROOT
from entrypoints.migrate import found, migrate

FILE = ROOT / "hasura" / "schema" / "schema.sql"
_HEADER = "-- The schema as all migrations leave it. Written by `make schema`; a test compares it. Do not edit.\n\n"
_READY_WITHIN_TRIES = 300
_READY_PAUSE_S = 0.1


async def dump(url: str) -> str:
    """The text of schema.sql for a migrated database, the same for every server and day."""
    command = [program("pg_dump"), "--schema-only", "--schema=public", "--schema=ledger", "--no-owner", url]
    made = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    text = (await made.communicate())[0].decode()
    if made.returncode != 0:
        raise RuntimeError("pg_dump failed; its words are on standard error")
    # Versions, session settings and the random words around a dump say nothing about the schema.
    kept = [line for line in text.splitlines() if not re.match(r"^(--|SET |SELECT pg_catalog|\\(un)?restrict)", line)]
    return _HEADER + re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"


async def migrated() -> str:
    """The dump of a fresh server with every migration applied; the server is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(Path(folder) / "data", _free_port(), secrets.token_hex(8))
        await asyncio.to_thread(server.initialise)
        process = await asyncio.create_subprocess_exec(
            *server.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            await _answers(server.url)
            await migrate(server.url, found())
            return await dump(server.url)
        finally:
            process.send_signal(signal.SIGQUIT)
            await process.wait()


async def _answers(url: str) -> None:
    for _ in range(_READY_WITHIN_TRIES):
        try:
            await (await asyncpg.connect(url)).close()
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(_READY_PAUSE_S)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(asyncio.run(migrated()))
    print(f"wrote {os.path.relpath(FILE, ROOT)}")
