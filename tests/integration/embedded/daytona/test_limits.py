"""What a sandbox may use, and that running into a limit is told clearly and hurts nobody else."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from daytona import AsyncDaytona, AsyncSandbox, DaytonaError, DaytonaTimeoutError

from tests.integration.embedded.daytona.service import Service, new_sandbox, serving
from tests.support.waiting import until

LIMITS = {"memory_mib": 256, "processes": 40, "disk_mib": 64, "output_bytes": 10_000, "file_bytes": 20_000_000}


@pytest.fixture(scope="module")
def tight_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("tight") / "data", limits=LIMITS) as service:
        yield service


@pytest_asyncio.fixture
async def tight_client(tight_service: Service) -> AsyncIterator[AsyncDaytona]:
    async with tight_service.client() as client:
        yield client


@pytest_asyncio.fixture
async def tight(tight_client: AsyncDaytona) -> AsyncIterator[AsyncSandbox]:
    sandbox = await new_sandbox(tight_client)
    yield sandbox
    await sandbox.delete()


async def test_a_fork_bomb_stays_in_its_sandbox_and_ends_with_its_time(tight_client: AsyncDaytona, tight: AsyncSandbox):
    neighbour = await new_sandbox(tight_client)
    before = len(psutil.pids())

    with pytest.raises(DaytonaTimeoutError):
        await tight.process.exec("bomb() { bomb | bomb & }; bomb; sleep 100", timeout=2)

    assert len(psutil.pids()) < before + 150
    assert (await neighbour.process.exec("echo fine")).result == "fine\n"
    assert (await tight.process.exec("echo alive")).result == "alive\n"
    await neighbour.delete()


HOLD_EVERY_PROCESS = """
import os, time
try:
    while os.fork():
        pass
except BlockingIOError:
    open("full", "w").close()
time.sleep(300)
"""


async def test_files_stay_reachable_while_commands_hold_every_process(tight: AsyncSandbox):
    holding = asyncio.create_task(tight.process.code_run(HOLD_EVERY_PROCESS))

    async def is_full() -> bool:
        return [entry.name for entry in await tight.fs.list_files(".")] == ["full"]

    await until(is_full, within_s=10, what="the process limit")
    await tight.fs.upload_file(b"still", "reachable")

    assert await tight.fs.download_file("reachable") == b"still"
    with pytest.raises(DaytonaError, match="cannot start another process") as refused:
        await tight.process.exec("true")
    assert refused.value.status_code == 503
    holding.cancel()


async def test_a_full_disk_is_an_ordinary_error_inside_and_clear_outside(tight: AsyncSandbox):
    # It goes on until it is stopped, because where the kernel sets no limit somebody has to look first.
    fill = "i=0; while head -c 10000000 /dev/zero > f$i; do i=$((i + 1)); done; exit 7"

    said = await tight.process.exec(fill)

    assert said.exit_code != 0
    assert "No space left on device" in said.result or "disk limit of 64 MiB" in said.result
    assert (await tight.process.exec("rm f*; echo again > g; cat g")).result == "again\n"


async def test_an_upload_beyond_the_disk_or_file_limit_says_which_limit(tight: AsyncSandbox):
    with pytest.raises(DaytonaError, match="limit"):
        await tight.fs.upload_file(b"x" * 21_000_000, "too-big")

    assert await tight.fs.list_files(".") == []


async def test_tmp_is_bounded(tight: AsyncSandbox):
    said = await tight.process.exec("head -c 19000000 /dev/zero > /tmp/a; head -c 19000000 /dev/zero > /tmp/b")

    assert "No space left on device" in said.result


async def test_too_much_memory_ends_the_command_and_not_the_sandbox(tight: AsyncSandbox):
    said = await tight.process.exec(
        "exec python3 -c 'x = bytearray(400_000_000); x[::4096] = b\"1\" * 97657; print(1)'"
    )

    assert said.exit_code != 0
    assert "memory limit" in said.result or "MemoryError" in said.result
    assert (await tight.process.exec("echo alive")).result == "alive\n"


async def test_output_is_cut_at_the_limit(tight: AsyncSandbox):
    said = await tight.process.exec("head -c 50000 /dev/zero | tr '\\0' z")

    assert said.result.startswith("z" * 10_000 + "\n[output truncated: 40000 bytes")


async def test_an_unknown_limit_is_refused_at_the_start(tmp_path: Path):
    with pytest.raises(AssertionError, match="did not become ready"), serving(tmp_path, limits={"speed": 1}):
        pass


async def test_an_idle_service_uses_next_to_no_processor(tight: AsyncSandbox, tight_service: Service):
    await tight.process.exec("true")
    server = psutil.Process(tight_service.process.pid)
    before = server.cpu_times()

    await tight.process.exec("sleep 10")

    after = server.cpu_times()
    # Includes the two calls themselves.
    assert (after.user + after.system) - (before.user + before.system) < 0.1
