"""The live path beside bare NOTIFY: `python -m tests.bench.live [--quick]`."""

import argparse
import asyncio
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import asyncpg
import jwt
from rich.console import Console

from embedded.postgres.server import PostgresServer
from tests.bench.live.report import Report
from tests.bench.live.run import ORGANIZATIONS, ROOT, Outcome, Way, fill, measure, pooled
from tests.bench.live.targets import verdicts
from tests.support.postgres import accepts
from tests.support.waiting import free_port, until

PAGE = ROOT / "docs" / "benchmarks" / "live.md"
_SECRET = "a-secret-for-measuring-that-is-long-enough-for-sha-256"
_PER_S = 200
_READY_WITHIN_S = 30


def say(text: str) -> None:
    """One line for people."""
    Console(highlight=False, soft_wrap=True).print(text)


def token(role: str, **claims: str) -> str:
    """A token of the project."""
    return jwt.encode({"role": role, "exp": int(time.time()) + 86_400, **claims}, _SECRET, "HS256")


@asynccontextmanager
async def database() -> AsyncGenerator[tuple[int, str]]:
    """The process and the address of a PostgreSQL as the stack runs it."""
    with tempfile.TemporaryDirectory() as folder:
        postgres = PostgresServer(data_dir=Path(folder) / "data", port=free_port(), password="bench")
        await asyncio.to_thread(postgres.initialise)
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(postgres.command(), stdout=log, stderr=log)
        try:
            await until(lambda: accepts(postgres.url), within_s=30, what="PostgreSQL's readiness")
            yield process.pid, postgres.url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@asynccontextmanager
async def server(module: str, **environment: str) -> AsyncGenerator[tuple[int, str]]:
    """The process of a server and the address that it printed."""
    told = {**os.environ, **environment}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, env=told, cwd=ROOT, stdout=PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_READY_WITHIN_S):
            line = (await process.stdout.readline()).decode()
        if not line.startswith("ready "):
            raise RuntimeError(f"{module} did not start")
        yield process.pid, line.split()[1]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def measured(url: str, postgres_pid: int, counts: Sequence[int], rounds: int, seconds: float) -> list[Outcome]:
    """Both ways in turn, round by round, for each number of subscribers."""
    outcomes, anon = list[Outcome](), token("anon")
    # Everybody has a token of their own, as people do.
    tokens = [
        token("authenticated", org_id=str(ORGANIZATIONS[n % len(ORGANIZATIONS)]), sub=str(uuid4()))
        for n in range(max(counts))
    ]
    environment = {"DATABASE_URL": url, "JWT_SECRET": _SECRET, "ANON_KEY": anon, "PORT": "0"}
    async with server("embedded.supabase", **environment) as (gateway_pid, gateway_url):
        connection = await asyncpg.connect(url)
        await fill(connection)
        gateway = Way("gateway", gateway_pid, gateway_url, anon, tokens)
        for count in counts:
            ours, bare = list[Outcome](), list[Outcome]()
            # In turn, because a machine is not equally fast all the time.
            for _ in range(rounds):
                ours.append(await measure(gateway, connection, postgres_pid, count, per_s=_PER_S, seconds=seconds))
                bare.append(await _bare(url, connection, postgres_pid, count, seconds))
            for outcome in (pooled(ours), pooled(bare)):
                outcomes.append(outcome)
                say(_line(outcome))
        await connection.close()
    return outcomes


async def _bare(
    url: str, connection: "asyncpg.Connection[asyncpg.Record]", pid: int, count: int, seconds: float
) -> Outcome:
    await connection.execute("ALTER TABLE public.live_row ENABLE TRIGGER tell")
    try:
        async with server("tests.bench.live.bare", DATABASE_URL=url) as (bare_pid, bare_url):
            way = Way("bare", bare_pid, bare_url, "", [""])
            return await measure(way, connection, pid, count, per_s=_PER_S, seconds=seconds)
    finally:
        await connection.execute("ALTER TABLE public.live_row DISABLE TRIGGER tell")


def _line(one: Outcome) -> str:
    return (
        f"{one.subscribers:5} {one.way:8} p50 {one.percentile(0.5):6.2f} ms   p99 {one.percentile(0.99):6.2f} ms   "
        f"{one.server_us:4.0f} µs/message ({one.all_us:.0f} with PostgreSQL)   {one.memory_mib:.0f} MiB   "
        f"{one.messages} messages, {one.lost} lost, {one.duplicated} twice, {one.out_of_order} out of order"
    )


async def main(*, quick: bool) -> int:
    """0 if all targets are met, otherwise 1."""
    counts, rounds, seconds = ((1, 100), 1, 4.0) if quick else ((1, 100, 1000), 3, 10.0)
    busy = os.getloadavg()[0]
    async with database() as (pid, url):
        outcomes = await measured(url, pid, counts, rounds, seconds)
    found = verdicts(outcomes)
    for verdict in found:
        colour = "green" if verdict.met else "red"
        say(f"[{colour}]{verdict.what:55} {verdict.target:8} {verdict.measured:7.2f}[/{colour}]")
    if not quick:
        manner = f"{rounds} rounds of {seconds:g} s of changes for each number of subscribers, the two ways in turn."
        # Others on the machine show in the slowest latencies first.
        manner += f" Before it began, {busy:.1f} other processes wanted the machine's cores on average."
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(Report(_versions(), outcomes, found, _PER_S, manner).markdown())
        say(f"written: {PAGE}")
    return 0 if all(verdict.met for verdict in found) else 1


def _versions() -> dict[str, str]:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    package = ROOT / "portal" / "node_modules" / "@supabase" / "supabase-js" / "package.json"
    names = ("uvicorn", "uvloop", "websockets", "psycopg", "asyncpg")
    return {
        "Python": platform.python_version(),
        **{name: version(name) for name in names},
        "Node": node.removeprefix("v"),
        "@supabase/supabase-js": json.loads(package.read_text())["version"],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live")
    parser.add_argument("--quick", action="store_true", help="fewer subscribers and changes, nothing written")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
