"""One embedded sandbox service for the session, as a process of its own."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from runtime.sandboxes import Limits, Sandbox, SandboxConfig, Sandboxes
from runtime.secrets import SecretValue

API_KEY = "the-key-of-this-session"


@dataclass(frozen=True)
class Service:
    """Where the service answers and which process it is."""

    api_url: str
    pid: int

    @property
    def config(self) -> SandboxConfig:
        """What the driver needs."""
        return SandboxConfig(api_url=self.api_url, api_key=SecretValue(API_KEY))


@pytest_asyncio.fixture(scope="session")
async def service() -> AsyncIterator[Service]:
    """The running service, stopped by its process id at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fo-sb-"))
    environment = {
        "PATH": os.defpath + ":/usr/local/bin",
        "DAYTONA_API_KEY": API_KEY,
        "PORT": "0",
        "DATA_DIR": str(folder),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded.daytona"], env=environment, stdout=subprocess.PIPE, stderr=log
        )
    try:
        assert process.stdout
        line = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), 30)
        assert line.startswith(b"ready "), (folder / "log").read_text()
        yield Service(line.split()[1].decode(), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def sandboxes(service: Service) -> AsyncIterator[Sandboxes]:
    """The driver on the service."""
    async with Sandboxes(service.config) as driver:
        yield driver


@pytest_asyncio.fixture(scope="session")
async def sandbox(sandboxes: Sandboxes) -> AsyncIterator[Sandbox]:
    """One sandbox that tests share; each test uses run ids and files of its own."""
    yield await sandboxes.ensure("shared", {"purpose": "shared"}, Limits())
    await sandboxes.destroy("shared")
