"""The end of the service, asked for or not, and what the next one finds."""

import signal
from pathlib import Path

import pytest
from daytona import ListSandboxesQuery

from tests.integration.embedded.daytona.service import new_sandbox, processes_with, serving
from tests.support.waiting import until


async def test_a_killed_service_takes_its_sandboxes_along_and_the_next_one_finds_their_homes(deep_folder: Path):
    with serving(deep_folder) as service:
        async with service.client() as client:
            sandbox = await new_sandbox(client, name="survivor", labels={"kept": "yes"}, env_vars={"E": "1"})
            await sandbox.fs.upload_file(b"content", "file")
            await sandbox.process.exec("setsid sleep 6543.2 >/dev/null 2>&1 &")
            await until(lambda: processes_with("6543.2"), within_s=5, what="the sleeper")
            service.kill()
    await until(lambda: not processes_with("6543.2"), within_s=5, what="the sandbox's end")

    with serving(deep_folder) as service:
        async with service.client() as client:
            found = await client.get("survivor")
            assert (found.id, found.state) == (sandbox.id, "stopped")
            assert [one.id async for one in client.list(ListSandboxesQuery(labels={"kept": "yes"}))] == [sandbox.id]
            await found.start()
            assert await found.fs.download_file("file") == b"content"
            assert (await found.process.exec("echo $E; echo more > more; ls")).result == "1\nfile\nmore\n"


async def test_sigterm_ends_cleanly_with_every_sandbox(deep_folder: Path):
    with serving(deep_folder) as service:
        async with service.client() as client:
            sandboxes = [await new_sandbox(client) for _ in range(2)]
            for sandbox in sandboxes:
                await sandbox.process.exec("sleep 8765.4 >/dev/null 2>&1 &")
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(timeout=10) == 0

    assert not processes_with("8765.4")


def test_a_data_folder_serves_one_service_at_a_time(deep_folder: Path):
    with serving(deep_folder), pytest.raises(AssertionError, match="did not become ready"), serving(deep_folder):
        pass


def test_what_a_killed_service_left_in_the_temporary_folder_is_removed_by_the_next(deep_folder: Path):
    with serving(deep_folder) as service:
        left_behind = Path((deep_folder / "lock").read_text())
        service.kill()
    assert left_behind.is_dir()

    with serving(deep_folder):
        assert not left_behind.exists()


async def test_a_damaged_record_hides_no_other_sandbox_and_loses_no_home(deep_folder: Path):
    with serving(deep_folder) as service:
        async with service.client() as client:
            kept, damaged = await new_sandbox(client), await new_sandbox(client)
    record = deep_folder / "sandboxes" / damaged.id / "sandbox.json"
    record.write_text("{")

    with serving(deep_folder) as service:
        async with service.client() as client:
            assert [found.id async for found in client.list()] == [kept.id]
    assert record.exists()


async def test_deleted_sandboxes_leave_nothing_on_the_disk(deep_folder: Path):
    with serving(deep_folder) as service:
        async with service.client() as client:
            sandbox = await new_sandbox(client)
            await sandbox.process.exec("mkdir -p a/b; chmod 000 a/b a; ln -s / root")
            await sandbox.delete()

            assert list((deep_folder / "sandboxes").iterdir()) == []


async def test_a_sandbox_that_dies_by_itself_shows_as_an_error_and_can_be_started(deep_folder: Path):
    with serving(deep_folder) as service:
        async with service.client() as client:
            sandbox = await new_sandbox(client)
            await sandbox.process.exec("echo x > kept; kill -9 2")

            async def has_failed() -> bool:
                await sandbox.refresh_data()
                return sandbox.state == "error"

            await until(has_failed, within_s=5, what="the state error")
            await sandbox.start()
            assert (await sandbox.process.exec("cat kept")).result == "x\n"
