"""The servers of a workshop, each a process of its own that ends with the block."""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from embedded.temporal.server import TemporalServer
from tests.integration.embedded.daytona.service import API_KEY, serving
from tests.support.waiting import answers, free_port, until

__all__ = ["API_KEY", "sandbox_service", "temporal_server"]

_READY_WITHIN_S = 30


@asynccontextmanager
async def temporal_server() -> AsyncGenerator[str]:
    """The address of a Temporal server with nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="fo-temporal-"))
    server = TemporalServer(port=free_port(), ui_port=free_port(), database_file=folder / "temporal.db")
    with (folder / "log").open("wb") as log:
        process = await asyncio.to_thread(subprocess.Popen, server.command(), stdout=log, stderr=log)
    try:
        await until(lambda: answers(server.port), within_s=_READY_WITHIN_S, what="Temporal's readiness")
        yield f"{server.host}:{server.port}"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def sandbox_service() -> Generator[str]:
    """The URL of a sandbox service with no sandboxes."""
    folder = Path(tempfile.mkdtemp(prefix="fo-sandboxes-"))
    try:
        with serving(folder / "data") as service:
            yield service.api_url
    finally:
        shutil.rmtree(folder, ignore_errors=True)
