"""Single commands: streams, environment, folders, exit codes, time limits, much output."""

import asyncio
import contextlib

import psutil
import pytest
from daytona import AsyncSandbox, DaytonaTimeoutError, DaytonaValidationError

from tests.integration.embedded.daytona.service import Service, processes_with, timed
from tests.support.waiting import until


async def test_a_command_has_its_folder_environment_and_merged_streams(sandbox: AsyncSandbox):
    said = await sandbox.process.exec("pwd; echo $A; echo oops >&2; exit 3", cwd="/usr", env={"A": "b c"})

    assert (said.exit_code, said.result) == (3, "/usr\nb c\noops\n")


async def test_a_command_reads_an_empty_input(sandbox: AsyncSandbox):
    assert (await sandbox.process.exec("cat; echo end")).result == "end\n"


async def test_a_missing_folder_is_an_outcome_not_an_error(sandbox: AsyncSandbox):
    said = await sandbox.process.exec("true", cwd="/nowhere")

    assert said.exit_code == -1
    assert "/nowhere" in said.result


async def test_a_command_longer_than_one_argument_may_be_runs(sandbox: AsyncSandbox):
    text = "x" * 300_000

    said = await sandbox.process.exec(f"echo {text} | wc -c")

    assert said.result.strip() == str(len(text) + 1)


async def test_a_signal_shows_as_the_shells_convention(sandbox: AsyncSandbox):
    assert (await sandbox.process.exec("kill -9 $$")).exit_code == 137


async def test_a_timeout_ends_the_whole_tree_also_what_left_its_session(sandbox: AsyncSandbox):
    command = "setsid sleep 7654 & (sleep 7654 &) ; exec -a sleep-7654 sleep 7654"

    with timed() as taken_s, pytest.raises(DaytonaTimeoutError) as refused:
        await sandbox.process.exec(command, timeout=1)

    assert refused.value.status_code == 408
    assert taken_s[0] < 4
    assert (await sandbox.process.exec("pgrep -fc '[s]leep.7654'")).result.strip() == "0"


async def test_background_processes_outlive_their_command_and_do_not_hold_it(sandbox: AsyncSandbox):
    with timed() as taken_s:
        await sandbox.process.exec("sleep 60 & echo started")

    assert taken_s[0] < 2
    assert (await sandbox.process.exec("pgrep -c sleep")).result.strip() == "1"


async def test_a_hundred_megabytes_end_truncated_with_a_notice_and_without_memory_growth(
    service: Service, sandbox: AsyncSandbox
):
    server = psutil.Process(service.process.pid)
    await sandbox.process.exec("head -c 9000000 /dev/zero | tr '\\0' x")
    before_bytes = server.memory_info().rss

    said = await sandbox.process.exec("head -c 100000000 /dev/zero | tr '\\0' x; echo; exit 5")

    assert said.exit_code == 5
    assert "[output truncated: 91611393 bytes beyond the limit of 8388608 bytes were dropped]" in said.result[-200:]
    assert server.memory_info().rss - before_bytes < 60_000_000


async def test_output_that_is_not_utf8_is_shown_with_replacements(sandbox: AsyncSandbox):
    assert (await sandbox.process.exec("printf 'a\\377b'")).result == "a\ufffdb"


async def test_many_commands_run_at_once(sandbox: AsyncSandbox):
    answers = await asyncio.gather(*(sandbox.process.exec(f"sleep 0.2; echo {number}") for number in range(20)))

    assert [answer.result for answer in answers] == [f"{number}\n" for number in range(20)]


async def test_a_caller_that_hangs_up_ends_its_command(sandbox: AsyncSandbox):
    waiting = asyncio.create_task(sandbox.process.exec("sleep 4321.5"))
    await until(lambda: processes_with("4321.5"), within_s=5, what="the command's start")

    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting

    await until(lambda: not processes_with("4321.5"), within_s=5, what="the command's end")


async def test_blank_commands_and_impossible_names_are_refused(sandbox: AsyncSandbox):
    with pytest.raises(DaytonaValidationError, match="blank"):
        await sandbox.process.exec("  ")
    with pytest.raises(DaytonaValidationError, match="1BAD"):
        await sandbox.process.exec("true", env={"1BAD": "x"})


async def test_git_and_python_work(sandbox: AsyncSandbox):
    script = (
        "git init -q r && cd r && echo x > f && git add f && git -c user.name=n -c user.email=e@x commit -qm m"
        " && git log --oneline | wc -l && python3 -c 'print(6*7)'"
    )

    assert (await sandbox.process.exec(script)).result == "1\n42\n"


async def test_python_code_runs_with_arguments(sandbox: AsyncSandbox):
    said = await sandbox.process.code_run("import sys\nprint('it\\'s', len(sys.argv))")

    assert (said.exit_code, said.result) == (0, "it's 1\n")
