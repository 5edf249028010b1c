"""The scratch database, the engine and the outside runner, each stopped by its process id."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.conformance.modes import EVERYWHERE, Mode, Run
from tests.conformance.results import Answer
from tests.support.waiting import free_port

_ROOT = Path(__file__).resolve().parents[2]
_SECRET = "conformance-secret"
_READY_WITHIN_S = 60
_STOPPED_WITHIN_S = 30
_RUN_WITHIN_S = 900


class RunnerError(Exception):
    """The suite could not be run to its end; the message says what happened."""


async def answers(mode: Mode, suite: Path, database_url: str, choice: Sequence[str], *, shown: bool) -> list[Answer]:
    """What the suite says of an engine in this mode.

    Raises:
        RunnerError: if the engine does not start or the runner breaks off.
    """
    webhook_port = free_port()
    found: list[Answer] = []
    async with _engine(mode, database_url, webhook_port) as url:
        for run in mode.runs:
            found += await _run(mode, run, suite, url, webhook_port, choice, shown=shown)
    return found


@asynccontextmanager
async def _engine(mode: Mode, database_url: str, webhook_port: int) -> AsyncGenerator[str]:
    handler = f"http://127.0.0.1:{webhook_port}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "embedded.hasura"),
        cwd=_ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HASURA_GRAPHQL_DATABASE_URL": database_url,
            "HASURA_GRAPHQL_ADMIN_SECRET": _SECRET,
            "HASURA_GRAPHQL_SERVER_PORT": "0",
            "ACTION_WEBHOOK_HANDLER": handler,
            "EVENT_WEBHOOK_HANDLER": handler,
            **EVERYWHERE,
            **mode.settings,
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_READY_WITHIN_S):
            line = (await process.stdout.readline()).decode()
        if not line.startswith("ready http"):
            raise RunnerError(f"The engine did not start in the mode '{mode.name}'; its own words stand above.")
        yield line.split()[1]
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(_STOPPED_WITHIN_S):
            await process.wait()


async def _run(
    mode: Mode, run: Run, suite: Path, url: str, webhook_port: int, choice: Sequence[str], *, shown: bool
) -> list[Answer]:
    with tempfile.TemporaryDirectory(prefix="fo-conformance-") as folder:
        written = Path(folder) / "results.json"
        with (Path(folder) / "log").open("w+b") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(suite / "run.py"), "--suite", str(suite), "--json", str(written)),
                *("--endpoint", url, "--admin-secret", _SECRET, "--webhook-port", str(webhook_port), "--force"),
                *run.arguments,
                *choice,
                stdout=log,
                stderr=log,
            )
            await _ended(process)
            log.seek(0)
            said = log.read().decode(errors="replace")
        if shown:
            print(said, flush=True)  # noqa: T201  - asked for on the command line
        if not written.exists():
            if "no case matches" in said:
                return []
            raise RunnerError(f"The runner broke off (exit {process.returncode}) in the mode '{mode.name}'.\n{said}")
        results = json.loads(written.read_text())["results"]
    return [Answer(mode.name, result) for result in results if run.counts(result)]


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(_RUN_WITHIN_S):
            await process.wait()
    except TimeoutError:
        raise RunnerError(f"The runner did not end within {_RUN_WITHIN_S} s.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
