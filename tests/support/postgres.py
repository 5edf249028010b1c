"""A scratch PostgreSQL for one test session: started from nothing, stopped by its process id."""

import asyncio
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from embedded.postgres.server import PostgresServer
from tests.support.waiting import free_port, until


@asynccontextmanager
async def scratch_postgres() -> AsyncGenerator[PostgresServer]:
    """A running server on a free port with an empty data folder, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fo-pg-"))
    server = PostgresServer(data_dir=folder / "data", port=free_port(), password="scratch")
    await asyncio.to_thread(server.initialise)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*server.command(), "-c", "fsync=off"], stdout=log, stderr=log)
    try:
        await until(lambda: accepts(server.url), within_s=30, what="PostgreSQL's readiness")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


async def accepts(url: str) -> bool:
    """Whether a connection can be made."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


async def scratch_database(server: PostgresServer, name: str) -> str:
    """The URL of a new, empty database on `server`."""
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    return server.url.rsplit("/", 1)[0] + f"/{name}"
