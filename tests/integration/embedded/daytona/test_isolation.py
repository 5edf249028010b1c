"""What a sandbox cannot see or reach."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psutil
import pytest
from daytona import AsyncDaytona, AsyncSandbox

from tests.integration.embedded.daytona.service import HOST_SECRET, Service, new_sandbox, serving


async def succeeds(sandbox: AsyncSandbox, command: str) -> bool:
    return (await sandbox.process.exec(command, timeout=20)).exit_code == 0


async def python(sandbox: AsyncSandbox, code: str) -> str:
    return (await sandbox.process.code_run(code, timeout=20)).result


async def test_host_files_are_not_there(sandbox: AsyncSandbox, service: Service, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("of the host")

    assert not await succeeds(sandbox, f"cat {secret}")
    assert not await succeeds(sandbox, f"ls '{service.data_dir}'")
    assert (await sandbox.process.exec("ls /; ls /etc/shadow /root /var/log 2>&1")).result.count("No such file") == 3


async def test_the_servers_environment_is_nowhere_in_proc(sandbox: AsyncSandbox):
    seen = (await sandbox.process.exec("cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'")).result

    assert "HOME=/home/daytona" in seen
    assert HOST_SECRET not in seen
    assert "SERVER_ONLY_SECRET" not in seen


async def test_only_its_own_processes_are_visible(sandbox: AsyncSandbox):
    pids = (await sandbox.process.exec("ls /proc | grep -c '^[0-9]'")).result

    assert int(pids) < 12


async def test_no_network_not_even_the_hosts_loopback(sandbox: AsyncSandbox, service: Service):
    port = service.api_url.split(":")[2].split("/")[0]

    assert not await succeeds(sandbox, f"exec 3<>/dev/tcp/127.0.0.1/{port}")
    assert not await succeeds(sandbox, "exec 3<>/dev/tcp/1.1.1.1/80")
    assert (await sandbox.process.exec("cat /proc/net/dev | tail -n +3 | cut -d: -f1")).result.split() == ["lo"]


async def test_its_own_loopback_works(sandbox: AsyncSandbox):
    code = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname()); client.sendall(b'hi')\n"
        "print(server.accept()[0].recv(2))"
    )

    assert await python(sandbox, code) == "b'hi'\n"


async def test_one_sandbox_cannot_reach_another(client: AsyncDaytona, sandbox: AsyncSandbox):
    other = await new_sandbox(client)
    await other.process.exec("echo private > note; python3 -m http.server 8765 >/dev/null 2>&1 &")

    assert not await succeeds(sandbox, "cat note")
    assert not await succeeds(sandbox, "exec 3<>/dev/tcp/127.0.0.1/8765")
    assert not await succeeds(sandbox, "pgrep -f http.server")
    await other.delete()


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        ("a vsock socket, which no network namespace confines", "socket.socket(40, 1)"),
        ("a packet socket", "socket.socket(17, 3)"),
        ("a new namespace", "check(libc.unshare(0x10000000))"),
        ("a mount", "check(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))"),
        ("ptrace", "check(libc.ptrace(0, 0, 0, 0))"),
        ("a keyring", "check(libc.syscall(250, 0, 0, 0))"),
        ("io_uring", "check(libc.syscall(425, 1, ctypes.create_string_buffer(200)))"),
    ],
)
async def test_system_calls_that_lead_out_are_refused(sandbox: AsyncSandbox, attempt: str, code: str):
    prelude = (
        "import ctypes, os, socket\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "def check(result):\n    if result < 0: raise OSError(ctypes.get_errno(), 'refused')\n"
    )

    said = await python(
        sandbox, f"{prelude}try:\n    {code}\n    print('worked')\nexcept OSError as e:\n    print(e.errno)"
    )

    assert said.strip() in {"1", "97"}, attempt


async def test_system_folders_are_read_only(sandbox: AsyncSandbox):
    for path in ("/usr/x", "/x", "/etc/x", "/dev/x", "/opt/daytona-agent/x"):
        assert not await succeeds(sandbox, f"touch {path}"), path


async def test_the_sandbox_runs_as_a_user_of_its_own_where_the_server_is_root(client: AsyncDaytona):
    first, second = await new_sandbox(client), await new_sandbox(client)

    owners = [await owner_of_sleeper(sandbox, seconds) for sandbox, seconds in ((first, 3331), (second, 3332))]

    if os.geteuid() == 0:
        assert 0 not in owners
        assert owners[0] != owners[1]
    else:
        assert owners == [os.geteuid()] * 2
    await first.delete()
    await second.delete()


async def owner_of_sleeper(sandbox: AsyncSandbox, seconds: int) -> int:
    await sandbox.process.exec(f"sleep {seconds} >/dev/null 2>&1 &")
    found = subprocess.run(["pgrep", "-f", f"^sleep {seconds}$"], capture_output=True, text=True, check=True)
    return psutil.Process(int(found.stdout.split()[0])).uids().real


async def test_tools_from_a_closed_folder_come_first_on_the_path_and_read_only(deep_folder: Path):
    closed = Path(tempfile.mkdtemp(prefix="fo closed "))
    tools = closed / "tools"
    (tools / "bin").mkdir(parents=True)
    (tools / "bin" / "git").write_text("#!/bin/sh\necho a tool of ours\n")
    (tools / "bin" / "git").chmod(0o755)

    with serving(deep_folder, tools=[tools]) as service:
        async with service.client() as client:
            sandbox = await new_sandbox(client)
            assert (await sandbox.process.exec("git; command -v git")).result == f"a tool of ours\n{tools}/bin/git\n"
            assert not await succeeds(sandbox, f"touch '{tools}/bin/more'")
    shutil.rmtree(closed)


async def test_a_unix_socket_of_the_host_cannot_be_reached_by_a_link_in_the_home(sandbox: AsyncSandbox, tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        code = f"import socket\nsocket.socket(socket.AF_UNIX).connect({str(tmp_path / 's')!r})"

        assert "FileNotFoundError" in await python(sandbox, code)
