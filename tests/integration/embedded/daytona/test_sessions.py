"""Sessions: kept state, logs that can be followed, input, and their end."""

import asyncio

import pytest
from daytona import AsyncSandbox, DaytonaConflictError, DaytonaError, DaytonaNotFoundError, SessionExecuteRequest
from daytona.common.errors import DaytonaCommandAlreadyCompletedError, DaytonaSessionEndedError

from tests.integration.embedded.daytona.service import processes_with
from tests.support.waiting import until


async def run(sandbox: AsyncSandbox, command: str, *, in_background: bool = False):
    request = SessionExecuteRequest(command=command, run_async=in_background)
    return await sandbox.process.execute_session_command("s", request)


async def exit_code(sandbox: AsyncSandbox, command_id: str) -> list[int] | None:
    code = (await sandbox.process.get_session_command("s", command_id)).exit_code
    return None if code is None else [code]


async def test_a_session_keeps_folder_and_variables_between_commands(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    await run(sandbox, "cd /usr; export KEPT=yes")

    said = await run(sandbox, "pwd; echo $KEPT; echo bad >&2; false")

    assert (said.stdout, said.stderr, said.exit_code) == ("/usr\nyes\n", "bad\n", 1)
    listed = await sandbox.process.list_sessions()
    assert [command.exit_code for command in listed[0].commands] == [0, 1]


async def test_following_delivers_both_streams_as_they_come_and_ends_with_the_command(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    started = await run(sandbox, "echo one; read line; echo two:$line; echo bad >&2; exit 4", in_background=True)
    out, errors = list[str](), list[str]()

    following = asyncio.create_task(
        sandbox.process.get_session_command_logs_async("s", started.cmd_id, out.append, errors.append)
    )
    await until(lambda: "".join(out) == "one\n", within_s=5, what="the first line")
    await sandbox.process.send_session_command_input("s", started.cmd_id, "go on")
    async with asyncio.timeout(5):
        await following

    assert "".join(out) == "one\ngo on\ntwo:go on\n"
    assert "".join(errors) == "bad\n"
    assert await exit_code(sandbox, started.cmd_id) == [4]


async def test_a_finished_command_is_replayed_whole(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    done = await run(sandbox, "seq 1 20000; echo ünïcödé")
    out, errors = list[str](), list[str]()

    await sandbox.process.get_session_command_logs_async("s", done.cmd_id, out.append, errors.append)

    assert "".join(out) == done.stdout
    assert (done.stdout or "").endswith("20000\nünïcödé\n")
    assert (await sandbox.process.get_session_command_logs("s", done.cmd_id)).stdout == done.stdout


async def test_following_a_command_that_does_not_exist_is_refused(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")

    with pytest.raises(DaytonaError):
        await sandbox.process.get_session_command_logs_async("s", "none", lambda _: None, lambda _: None)


async def test_much_output_is_cut_with_a_notice(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")

    said = await run(sandbox, "head -c 100000000 /dev/zero | tr '\\0' y")

    assert said.exit_code == 0
    assert len(said.stdout or "") == 8 * 1024 * 1024
    assert "91611392 bytes" in (said.stderr or "")


async def test_deleting_a_session_ends_everything_it_started(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    await run(sandbox, "setsid sleep 5432.1 >/dev/null 2>&1 & sleep 5432.1", in_background=True)
    await until(lambda: len(processes_with("5432.1")) == 2, within_s=5, what="both sleepers")

    await sandbox.process.delete_session("s")

    await until(lambda: not processes_with("5432.1"), within_s=5, what="the sleepers' end")
    with pytest.raises(DaytonaNotFoundError):
        await sandbox.process.get_session("s")


async def test_exit_ends_the_session_and_says_so(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")

    said = await run(sandbox, "echo bye; exit 9")

    assert (said.exit_code, said.stdout) == (9, "bye\n")
    with pytest.raises(DaytonaSessionEndedError):
        await run(sandbox, "true")


async def test_input_for_a_finished_command_is_refused(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    done = await run(sandbox, "true")

    with pytest.raises(DaytonaCommandAlreadyCompletedError):
        await sandbox.process.send_session_command_input("s", done.cmd_id, "late")


async def test_a_command_that_uses_the_shells_own_words_cannot_confuse_the_session(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")

    broken = await run(sandbox, "if then 'unclosed")
    healthy = await run(sandbox, "echo still here")

    assert broken.exit_code != 0
    assert healthy.stdout == "still here\n"


async def test_background_commands_run_one_after_another(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")
    first = await run(sandbox, "read go; echo first >> order", in_background=True)
    second = await run(sandbox, "echo second >> order", in_background=True)

    await sandbox.process.send_session_command_input("s", first.cmd_id, "now")
    await until(lambda: exit_code(sandbox, second.cmd_id), within_s=5, what="the second command's end")

    assert (await sandbox.process.exec("cat order")).result == "first\nsecond\n"


async def test_a_session_id_is_used_once(sandbox: AsyncSandbox):
    await sandbox.process.create_session("s")

    with pytest.raises(DaytonaConflictError):
        await sandbox.process.create_session("s")
