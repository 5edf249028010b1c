"""The same service without any privileges."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from daytona import AsyncDaytona, AsyncSandbox, DaytonaTimeoutError

from tests.integration.embedded.daytona.service import Service, new_sandbox, serving_as_ordinary_user

LIMITS = {"memory_mib": 300, "processes": 40, "disk_mib": 50}


@pytest.fixture(scope="module")
def ordinary_service() -> Iterator[Service]:
    with serving_as_ordinary_user(LIMITS) as service:
        yield service


@pytest_asyncio.fixture
async def ordinary_client(ordinary_service: Service) -> AsyncIterator[AsyncDaytona]:
    async with ordinary_service.client() as client:
        yield client


@pytest_asyncio.fixture
async def ordinary(ordinary_client: AsyncDaytona) -> AsyncIterator[AsyncSandbox]:
    sandbox = await new_sandbox(ordinary_client)
    yield sandbox
    await sandbox.delete()


async def test_the_whole_life_works(ordinary_client: AsyncDaytona, ordinary: AsyncSandbox):
    await ordinary.fs.upload_file(b"x", "f")
    await ordinary.stop()
    await ordinary.start()

    assert (await ordinary.process.exec("cat f; id -u; git --version | cut -c1-3")).result == "x1000\ngit\n"
    assert (await ordinary_client.get(ordinary.id)).state == "started"


async def test_a_fork_bomb_is_contained_and_ended(ordinary: AsyncSandbox):
    with pytest.raises(DaytonaTimeoutError):
        await ordinary.process.exec("bomb() { bomb | bomb & }; bomb; sleep 100", timeout=2)

    assert (await ordinary.process.exec("echo alive")).result == "alive\n"


async def test_filling_the_disk_is_stopped_with_a_clear_reason(ordinary: AsyncSandbox):
    said = await ordinary.process.exec(
        "while :; do n=$((n + 1)); head -c 5000000 /dev/zero > f$n; sleep 0.1; done", timeout=60
    )

    assert said.exit_code == 137
    assert "[killed: the sandbox's disk limit of 50 MiB was exceeded]" in said.result
    assert (await ordinary.process.exec("rm f*; echo room")).result == "room\n"


async def test_too_much_memory_in_many_processes_is_stopped(ordinary: AsyncSandbox):
    hog = "python3 -c 'import time; x = bytearray(80_000_000); x[::4096] = b\"1\" * 19532; time.sleep(6)'"

    said = await ordinary.process.exec(
        "; ".join([f"{hog} &" for _ in range(6)]).replace("&;", "&") + " wait", timeout=60
    )

    assert "[killed: the sandbox's memory limit of 300 MiB was exceeded]" in said.result
