"""Creating, finding, stopping, starting and deleting through the official SDK."""

import os

import pytest
from daytona import (
    AsyncDaytona,
    AsyncSandbox,
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    DaytonaConflictError,
    DaytonaNotFoundError,
    DaytonaValidationError,
    ListSandboxesQuery,
    Resources,
)

from tests.integration.embedded.daytona.service import new_sandbox


async def test_a_sandbox_carries_what_it_was_created_with(client: AsyncDaytona):
    sandbox = await new_sandbox(client, name="named", labels={"team": "a"}, env_vars={"GREETING": "hello"})

    said = await sandbox.process.exec("echo $GREETING; pwd; whoami")

    assert said.result == "hello\n/home/daytona\ndaytona\n"
    assert (sandbox.state, sandbox.name, sandbox.labels["team"]) == ("started", "named", "a")
    assert (await client.get("named")).id == sandbox.id == (await client.get(sandbox.id)).id
    await sandbox.delete()


async def test_its_home_survives_stop_and_start_while_processes_and_tmp_do_not(sandbox: AsyncSandbox):
    await sandbox.process.exec("echo kept > kept; echo lost > /tmp/lost; sleep 1000 >/dev/null 2>&1 &")

    await sandbox.stop()
    stopped_state = sandbox.state
    await sandbox.start()

    assert stopped_state == "stopped"
    left = await sandbox.process.exec("cat kept; ls /tmp; ps -e -o comm= | grep -c sleep")
    assert left.result == "kept\n0\n"


async def test_a_deleted_sandbox_is_gone(client: AsyncDaytona):
    sandbox = await new_sandbox(client)

    await sandbox.delete(wait=True)

    with pytest.raises(DaytonaNotFoundError):
        await client.get(sandbox.id)


async def test_an_ephemeral_sandbox_is_deleted_when_it_stops(client: AsyncDaytona):
    sandbox = await new_sandbox(client, ephemeral=True)

    await sandbox.stop()

    with pytest.raises(DaytonaNotFoundError):
        await client.get(sandbox.id)


async def test_a_second_sandbox_of_the_same_name_is_refused(client: AsyncDaytona):
    first = await new_sandbox(client, name="only-one")

    with pytest.raises(DaytonaConflictError, match="only-one"):
        await new_sandbox(client, name="only-one")
    await first.delete()


async def test_listing_by_labels_finds_exactly_the_matching_ones(client: AsyncDaytona):
    sandboxes = [await new_sandbox(client, labels={"run": "r1", "part": str(part)}) for part in range(3)]

    of_run = {found.id async for found in client.list(ListSandboxesQuery(labels={"run": "r1"}, limit=2))}
    of_part = [found.id async for found in client.list(ListSandboxesQuery(labels={"run": "r1", "part": "1"}))]
    of_none = [found.id async for found in client.list(ListSandboxesQuery(labels={"run": "r2"}))]

    assert of_run == {sandbox.id for sandbox in sandboxes}
    assert of_part == [sandboxes[1].id]
    assert of_none == []
    for sandbox in sandboxes:
        await sandbox.delete()


async def test_deleting_while_listing_loses_no_sandbox(client: AsyncDaytona):
    created = [await new_sandbox(client, labels={"sweep": "yes"}) for _ in range(4)]

    swept = set[str]()
    async for found in client.list(ListSandboxesQuery(labels={"sweep": "yes"}, limit=1)):
        swept.add(found.id)
        await found.delete()

    assert swept == {sandbox.id for sandbox in created}


async def test_labels_are_replaced_as_a_whole(client: AsyncDaytona, sandbox: AsyncSandbox):
    await sandbox.set_labels({"phase": "two"})

    assert (await client.get(sandbox.id)).labels == {"phase": "two"}


async def test_intervals_and_activity_can_be_set(client: AsyncDaytona, sandbox: AsyncSandbox):
    await sandbox.set_autostop_interval(7)
    await sandbox.set_auto_delete_interval(9)
    await sandbox.refresh_activity()

    read = await client.get(sandbox.id)
    assert (read.auto_stop_interval, read.auto_delete_interval) == (7, 9)


async def test_an_open_network_is_refused_and_the_answer_says_how_to_ask(client: AsyncDaytona):
    with pytest.raises(DaytonaValidationError, match="network_block_all=True"):
        await client.create(CreateSandboxFromSnapshotParams())


async def test_images_are_refused_but_resources_of_the_hosts_own_image_are_taken(client: AsyncDaytona):
    with pytest.raises(DaytonaValidationError, match="builds no images"):
        await client.create(CreateSandboxFromImageParams(image="debian:12", network_block_all=True))

    sandbox = await client.create(
        CreateSandboxFromImageParams(
            image="embedded-host", network_block_all=True, resources=Resources(cpu=2, memory=1, disk=1)
        )
    )

    assert (sandbox.cpu, sandbox.memory, sandbox.disk) == (2, 1, 1)
    size_mib = int((await sandbox.process.exec("df -m --output=size . | tail -1")).result)
    # Only root can mount a disk of that size; for others the watchdog holds the limit, and df tells of the host.
    assert size_mib <= 1024 or os.geteuid() != 0
    await sandbox.delete()


async def test_a_label_that_would_break_the_sdks_lists_is_refused(client: AsyncDaytona, sandbox: AsyncSandbox):
    with pytest.raises(DaytonaValidationError, match="code-toolbox-language"):
        await sandbox.set_labels({"code-toolbox-language": "cobol"})
    assert [found.id async for found in client.list(ListSandboxesQuery(id=sandbox.id))] == [sandbox.id]
