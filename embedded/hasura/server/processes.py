"""Several processes on one port: this one starts them, waits for them, and ends them together."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping

from embedded.hasura.server.port import Port

_READY_WITHIN_S = 60
_GONE_WITHIN_S = 15


class WorkerFailedError(Exception):
    """A process did not start, or ended by itself."""


async def run_processes(
    port: Port, count: int, environment: Mapping[str, str], *, ready: Callable[[], None], stop: asyncio.Event
) -> None:
    """Keep `count` serving processes until `stop` is set.

    If one of them ends, all end: whoever watches over this process starts them anew.

    Raises:
        WorkerFailedError: if one did not start or ended.
    """
    workers: list[Process] = []
    try:
        # One after another, so that the first may set up what the others then find in the database.
        while len(workers) < count:
            workers.append(await _started(port, environment))
        ready()
        stopping = asyncio.create_task(stop.wait())
        ends = [asyncio.create_task(worker.wait()) for worker in workers]
        await asyncio.wait({stopping, *ends}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not stop.is_set():
            raise WorkerFailedError("one of the serving processes ended; so do the others")
    finally:
        await asyncio.gather(*(_ended(worker) for worker in workers))


async def parent_gone() -> None:
    """Return when the process that started this one is gone: the pipe it holds to us is closed then."""
    gone = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), gone.set)
    await gone.wait()
    loop.remove_reader(sys.stdin.fileno())


async def _started(port: Port, environment: Mapping[str, str]) -> Process:
    arguments = ["--worker", "--server-host", port.host, "--server-port", str(port.number)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "embedded.hasura", *arguments), env=dict(environment), stdin=PIPE, stdout=PIPE
    )
    if process.stdout is None:
        raise RuntimeError("no pipe")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_READY_WITHIN_S):
            if (await process.stdout.readline()).startswith(b"ready "):
                return process
    await _ended(process)
    raise WorkerFailedError("a serving process did not start")


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _GONE_WITHIN_S)
    except TimeoutError:
        process.kill()
        await process.wait()
