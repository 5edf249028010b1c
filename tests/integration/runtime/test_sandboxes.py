"""The sandbox driver against the embedded service, by the official client."""

import asyncio
import signal
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from runtime.failures import Failure
from runtime.sandbox_output import Progress
from runtime.sandboxes import Found, Limits, Sandbox, SandboxConfig, Sandboxes
from runtime.secrets import SecretValue
from tests.support.waiting import free_port, until

LABELS = {"organization": "acme"}


@pytest.fixture
def name() -> str:
    return f"sandbox-{uuid4()}"


@pytest.fixture
def run_id() -> str:
    return f"run-{uuid4()}"


async def failing(awaitable) -> Failure:
    with pytest.raises(Failure) as failed:
        await awaitable
    return failed.value


async def test_ensuring_a_sandbox_makes_it_then_finds_it_then_starts_it_again(sandboxes: Sandboxes, name: str):
    first = await sandboxes.ensure(name, LABELS)
    await first.upload("kept.txt", b"kept")
    second = await sandboxes.ensure(name, LABELS)
    await second._sandbox.stop()

    third = await sandboxes.ensure(name, LABELS)

    assert [one.found for one in (first, second, third)] == [Found.CREATED, Found.RUNNING, Found.STARTED]
    assert first._sandbox.id == third._sandbox.id
    assert await third.download("kept.txt", 100) == b"kept"
    await sandboxes.destroy(name)


async def test_callers_at_the_same_time_get_one_sandbox(sandboxes: Sandboxes, name: str):
    got = await asyncio.gather(*(sandboxes.ensure(name, LABELS) for _ in range(6)))

    assert len({one._sandbox.id for one in got}) == 1
    assert [one.found for one in got].count(Found.CREATED) == 1
    await sandboxes.destroy(name)


async def test_a_name_that_belongs_to_somebody_else_is_not_taken_over(sandboxes: Sandboxes, name: str):
    await sandboxes.ensure(name, LABELS)

    failure = await failing(sandboxes.ensure(name, {"organization": "other"}))

    assert (failure.code, failure.retry) == ("SANDBOX_CONFLICT", False)
    await sandboxes.destroy(name)


async def test_destroying_twice_is_the_same_as_once(sandboxes: Sandboxes, name: str):
    await sandboxes.ensure(name, LABELS)

    await asyncio.gather(sandboxes.destroy(name), sandboxes.destroy(name))
    await sandboxes.destroy(name)

    assert (await sandboxes.ensure(name, LABELS)).found is Found.CREATED
    await sandboxes.destroy(name)


async def test_a_sweep_takes_old_sandboxes_with_the_labels_and_no_others(sandboxes: Sandboxes, name: str):
    labels = {"sweep": name}
    await sandboxes.ensure(f"{name}-a", labels)
    await sandboxes.ensure(f"{name}-b", {"sweep": "other"})

    assert await sandboxes.sweep(labels, timedelta(hours=1)) == []
    assert await sandboxes.sweep(labels, timedelta(0)) == [f"{name}-a"]
    assert (await sandboxes.ensure(f"{name}-b", {"sweep": "other"})).found is Found.RUNNING
    await sandboxes.destroy(f"{name}-b")


async def test_a_command_tells_how_it_ended(sandbox: Sandbox, run_id: str):
    ran = await sandbox.run("echo out; echo err >&2; exit 7", run_id=run_id, timeout_s=20)

    assert (ran.exit_code, ran.output, ran.output_bytes) == (7, "out\nerr\n", 8)
    assert not ran.truncated
    assert not ran.timed_out


async def test_a_command_has_its_folder_and_its_environment_and_no_input(sandbox: Sandbox, run_id: str):
    await sandbox.upload("work here/file", b"")
    env = {"PLAIN": "a 'quoted'\n\"value\" $HOME `x`", "PATH": "/usr/bin:/bin"}

    ran = await sandbox.run('pwd; printf %s "$PLAIN"; cat', run_id=run_id, timeout_s=20, cwd="work here", env=env)

    assert ran.output == f"{sandbox.home}/work here\n{env['PLAIN']}"


async def test_a_missing_folder_is_the_command_s_fault(sandbox: Sandbox, run_id: str):
    ran = await sandbox.run("true", run_id=run_id, timeout_s=20, cwd="nowhere")

    assert ran.exit_code == 127
    assert "nowhere" in ran.output


async def test_the_same_run_id_never_runs_twice_and_always_has_the_same_result(sandbox: Sandbox, run_id: str):
    command = f"echo once >> {run_id}.count; sleep 0.5; cat {run_id}.count"

    together = await asyncio.gather(*(sandbox.run(command, run_id=run_id, timeout_s=20) for _ in range(4)))
    later = await sandbox.run("echo another command", run_id=run_id, timeout_s=20)

    assert {one.output for one in (*together, later)} == {"once\n"}
    assert await sandbox.download(f"{run_id}.count", 100) == b"once\n"


async def test_a_caller_that_was_cut_off_gets_the_result_from_a_new_client(service, sandbox: Sandbox, run_id: str):
    command = f"echo begun; while [ ! -f {run_id}.go ]; do sleep 0.05; done; echo ended"
    begun = asyncio.Event()

    async def seen(progress: Progress) -> None:
        if "begun" in progress.text:
            begun.set()

    call = asyncio.create_task(sandbox.run(command, run_id=run_id, timeout_s=60, on_progress=seen))
    await asyncio.wait_for(begun.wait(), 20)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await sandbox.upload(f"{run_id}.go", b"")
    async with Sandboxes(service.config) as other:
        again = await other.ensure("shared", {"purpose": "shared"})

        ran = await again.run(command, run_id=run_id, timeout_s=60)

    assert (ran.exit_code, ran.output) == (0, "begun\nended\n")


async def test_progress_comes_in_whole_lines_while_the_command_runs(sandbox: Sandbox, run_id: str):
    command = f"printf 'one\\ntw'; while [ ! -f {run_id}.go ]; do sleep 0.02; done; printf 'o\\nlast'"
    texts: list[str] = []

    async def seen(progress: Progress) -> None:
        texts.append(progress.text)
        if "one\n" in progress.text:
            await sandbox.upload(f"{run_id}.go", b"")

    ran = await sandbox.run(command, run_id=run_id, timeout_s=30, on_progress=seen)

    assert [text for text in texts if text] in (["one\n", "two\nlast"], ["one\n", "two\n", "last"])
    assert ran.output == "one\ntwo\nlast"


async def test_a_limit_ends_the_command_and_all_its_children(sandbox: Sandbox, run_id: str):
    command = f"(while :; do date +%s%N > {run_id}.alive; sleep 0.05; done) & echo started; sleep 60"

    ran = await sandbox.run(command, run_id=run_id, timeout_s=1)

    assert (ran.timed_out, ran.output) == (True, "started\n")
    assert 900 <= ran.duration_ms < 8000
    before = await sandbox.download(f"{run_id}.alive", 100)
    await sandbox.run("sleep 0.3", run_id=f"{run_id}-wait", timeout_s=10)
    assert await sandbox.download(f"{run_id}.alive", 100) == before


async def test_a_stopped_command_ends_and_tells_so(sandbox: Sandbox, run_id: str):
    begun = asyncio.Event()

    async def seen(progress: Progress) -> None:
        if "begun" in progress.text:
            begun.set()

    call = asyncio.create_task(sandbox.run("echo begun; sleep 60", run_id=run_id, timeout_s=60, on_progress=seen))
    await asyncio.wait_for(begun.wait(), 20)

    await sandbox.stop(run_id)

    ran = await asyncio.wait_for(call, 20)
    assert ran.exit_code != 0
    assert not ran.timed_out


async def test_what_a_command_leaves_in_the_background_does_not_hold_its_result(sandbox: Sandbox, run_id: str):
    begun = time.monotonic()

    ran = await sandbox.run("sleep 30 & echo done", run_id=run_id, timeout_s=60)

    assert ran.output == "done\n"
    assert time.monotonic() - begun < 10


async def test_a_flood_is_cut_in_the_middle_and_does_not_enter_memory(sandbox: Sandbox, run_id: str):
    import resource

    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    ran = await sandbox.run("echo FIRST; yes 0123456789 | head -c 100000000; echo LAST", run_id=run_id, timeout_s=120)

    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib
    assert ran.truncated
    assert ran.output_bytes == 100_000_011
    assert ran.output.startswith("FIRST\n0123456789\n")
    assert ran.output.endswith("LAST\n")
    assert f"[... {100_000_011 - 1024 * 1024} bytes left out ...]" in ran.output
    assert len(ran.output) < 1024 * 1024 + 64
    assert grown_kib < 40 * 1024


async def test_output_at_the_limit_is_whole_and_one_byte_more_is_cut(sandbox: Sandbox, run_id: str):
    whole = await sandbox.run("printf %1000s x", run_id=f"{run_id}-a", timeout_s=20, kept_bytes=1000)
    cut = await sandbox.run("printf %1001s x", run_id=f"{run_id}-b", timeout_s=20, kept_bytes=1000)

    assert (whole.truncated, len(whole.output)) == (False, 1000)
    assert (cut.truncated, "[... 1 bytes left out ...]" in cut.output) == (True, True)


async def test_bytes_that_are_no_text_do_not_break_the_output(sandbox: Sandbox, run_id: str):
    ran = await sandbox.run(r"printf 'a\377\000b\342\202'", run_id=run_id, timeout_s=20)

    assert ran.output == "a\ufffd\0b\ufffd"


async def test_a_secret_reaches_the_command_and_neither_output_nor_progress(sandbox: Sandbox, run_id: str):
    secret, texts = SecretValue("hunter2-hunter2"), []

    async def seen(progress: Progress) -> None:
        texts.append(progress.text)

    command = 'echo "token $TOKEN"; printf %s "$TOKEN" | base64; printf %s "$TOKEN" | wc -c'
    ran = await sandbox.run(command, run_id=run_id, timeout_s=20, env={"TOKEN": secret}, on_progress=seen)
    left = await sandbox.run(
        "grep -r hunter2 .fractalops/runs/*/environment* || echo none", run_id=f"{run_id}-look", timeout_s=20
    )

    assert ran.output.split() == ["token", "[redacted]", "[redacted]", "15"]
    assert "hunter2" not in "".join(texts)
    assert left.output.endswith("none\n")


async def test_a_sandbox_stopped_under_a_command_loses_the_run_and_says_so(sandboxes: Sandboxes, name: str):
    sandbox = await sandboxes.ensure(name, LABELS)
    begun = asyncio.Event()

    async def seen(progress: Progress) -> None:
        if "begun" in progress.text:
            begun.set()

    call = asyncio.create_task(sandbox.run("echo begun; sleep 60", run_id="long", timeout_s=60, on_progress=seen))
    await asyncio.wait_for(begun.wait(), 20)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await sandbox._sandbox.stop()
    again = await sandboxes.ensure(name, LABELS)

    failure = await failing(again.run("echo begun; sleep 60", run_id="long", timeout_s=60))

    assert (failure.code, failure.retry) == ("RUN_LOST", False)
    await sandboxes.destroy(name)


async def test_files_come_back_byte_for_byte_whatever_they_hold(sandbox: Sandbox, run_id: str):
    for data in (b"", b"\r\n--boundary--\r\n\0\xff", bytes(range(256)) * 8192):
        await sandbox.upload(f"{run_id}/a folder/fïle", data)

        assert await sandbox.download(f"{run_id}/a folder/fïle", 4 * 1024 * 1024) == data


async def test_a_download_stops_at_its_limit(sandbox: Sandbox, run_id: str):
    await sandbox.upload(run_id, bytes(1001))

    assert await sandbox.download(run_id, 1001) == bytes(1001)
    assert (await failing(sandbox.download(run_id, 1000))).code == "FILE_TOO_LARGE"
    assert (await failing(sandbox.download(f"{run_id}-nothing", 1))).code == "FILE_MISSING"
    assert (await failing(sandbox.download(".", 1))).code == "FILE_MISSING"


async def test_a_sandbox_has_no_network(sandbox: Sandbox, service, run_id: str):
    port = service.api_url.split(":")[2].split("/")[0]
    probe = f"timeout 3 bash -c 'echo > /dev/tcp/127.0.0.1/{port}' && echo reached || echo closed"

    ran = await sandbox.run(probe, run_id=run_id, timeout_s=20)

    assert ran.output.endswith("closed\n")
    assert sandbox._sandbox.network_block_all


@pytest.mark.parametrize("bad", ["", "../x", "a/b", "-x", "a b", "x" * 81])
async def test_a_run_id_is_a_plain_word(sandbox: Sandbox, bad: str):
    assert (await failing(sandbox.run("true", run_id=bad, timeout_s=1))).code == "RUN_REFUSED"


async def test_a_service_that_is_gone_is_unreachable_and_worth_a_retry(name: str):
    config = SandboxConfig(api_url=f"http://127.0.0.1:{free_port()}/api", api_key=SecretValue("x"))

    async with Sandboxes(config) as driver:
        failure = await failing(driver.destroy(name))

    assert (failure.code, failure.retry) == ("SANDBOX_UNREACHABLE", True)


async def test_a_wrong_key_is_denied_and_not_shown(service, name: str):
    config = SandboxConfig(api_url=service.api_url, api_key=SecretValue("wrong-key-wrong-key"))

    async with Sandboxes(config) as driver:
        failure = await failing(driver.ensure(name, LABELS))

    assert (failure.code, failure.retry) == ("SANDBOX_DENIED", False)
    assert "wrong-key" not in failure.message


async def test_a_service_that_hangs_is_given_up_in_time(service, name: str):
    import os

    config = SandboxConfig(api_url=service.api_url, api_key=service.config.api_key, call_timeout_s=1)
    async with Sandboxes(config) as driver:
        os.kill(service.pid, signal.SIGSTOP)
        try:
            begun = time.monotonic()
            failure = await failing(driver.destroy(name))
        finally:
            os.kill(service.pid, signal.SIGCONT)

    assert (failure.code, failure.retry) == ("SANDBOX_UNREACHABLE", True)
    assert time.monotonic() - begun < 10


async def test_figures_without_an_image_are_refused_instead_of_ignored(sandboxes: Sandboxes, name: str):
    assert (await failing(sandboxes.ensure(name, LABELS, Limits(cpu=4)))).code == "LIMITS_REFUSED"


async def test_a_short_command_takes_well_under_a_second(sandbox: Sandbox, run_id: str):
    async def once() -> float:
        begun = time.monotonic()
        await sandbox.run("true", run_id=f"{run_id}-{uuid4()}", timeout_s=10)
        return time.monotonic() - begun

    taken_s = sorted([await once() for _ in range(7)])

    assert taken_s[3] < 1.0, taken_s


async def test_the_service_comes_back_after_a_pause_within_one_call(service, sandbox: Sandbox, run_id: str):
    import os

    os.kill(service.pid, signal.SIGSTOP)
    call = asyncio.create_task(sandbox.run("echo here", run_id=run_id, timeout_s=20))
    await until(lambda: not call.done(), within_s=1)
    os.kill(service.pid, signal.SIGCONT)

    assert (await asyncio.wait_for(call, 30)).output == "here\n"


async def test_a_sandbox_at_rest_keeps_its_files_and_is_opened_again(sandboxes: Sandboxes, name: str):
    made = await sandboxes.ensure(name, LABELS)
    await made.upload("half", b"done")

    rested = [await sandboxes.rest(name, kept_for=timedelta(hours=1)) for _ in range(2)]
    opened = await sandboxes.reopen(name, LABELS)

    assert rested == [True, True]
    assert opened is not None
    assert opened.found is Found.STARTED
    assert await opened.download("half", 10) == b"done"
    await sandboxes.destroy(name)


async def test_what_is_not_there_neither_rests_nor_opens_nor_is_made(sandboxes: Sandboxes, name: str):
    assert not await sandboxes.rest(name, kept_for=timedelta(hours=1))
    assert await sandboxes.reopen(name, LABELS) is None
    assert (await sandboxes.ensure(name, LABELS)).found is Found.CREATED
    await sandboxes.destroy(name)


async def test_a_sweep_spares_what_it_is_told_to(sandboxes: Sandboxes, name: str):
    labels = {"spared": name}
    for one in ("a", "b"):
        await sandboxes.ensure(f"{name}-{one}", labels)

    assert await sandboxes.sweep(labels, timedelta(0), {f"{name}-a"}) == [f"{name}-b"]
    assert await sandboxes.sweep(labels, timedelta(0)) == [f"{name}-a"]
