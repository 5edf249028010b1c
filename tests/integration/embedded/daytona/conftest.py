"""One service for the room's tests, and a fresh sandbox for each test that wants one."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from daytona import AsyncDaytona, AsyncSandbox

from tests.integration.embedded.daytona.service import Service, new_sandbox, serving


@pytest.fixture
def deep_folder() -> Iterator[Path]:
    """A folder as hostile as users have them: spaces, more than a socket's 108 bytes, closed to other users."""
    root = Path(tempfile.mkdtemp(prefix="fo data "))
    folder = root / ("a deep folder " * 6).strip() / "below another one"
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service with its default limits."""
    root = Path(tempfile.mkdtemp(prefix="fo sandboxes "))
    with serving(root / "data") as running:
        yield running
    shutil.rmtree(root)


@pytest_asyncio.fixture
async def client(service: Service) -> AsyncIterator[AsyncDaytona]:
    """The official SDK."""
    async with service.client() as connected:
        yield connected


@pytest_asyncio.fixture
async def sandbox(client: AsyncDaytona) -> AsyncIterator[AsyncSandbox]:
    """A started sandbox, deleted at the end."""
    created = await new_sandbox(client)
    yield created
    await created.delete()
