from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.integration.client.wire import Platform, running


@pytest_asyncio.fixture
async def platform() -> AsyncGenerator[Platform]:
    """A platform that says what the test tells it to."""
    async with running() as one:
        yield one
