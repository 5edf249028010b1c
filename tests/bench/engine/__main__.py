"""The engine beside its peers: `python -m tests.bench.engine [--quick]`."""

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import asyncpg
from rich.console import Console

from embedded.postgres.server import PostgresServer
from tests.bench.engine import live
from tests.bench.engine.load import Outcome
from tests.bench.engine.peers.pgbench import pgbench
from tests.bench.engine.peers.processes import POSTGRAPHILE, Running, install_postgraphile, node_program, peers, running
from tests.bench.engine.questions import QUESTIONS, SQL, Question
from tests.bench.engine.report import Report, python_versions
from tests.bench.engine.rounds import Ask, Series, load, rounds
from tests.bench.engine.same import values
from tests.bench.engine.targets import verdicts
from tests.support.postgres import accepts
from tests.support.waiting import free_port, until

PAGE = Path(__file__).parents[3] / "docs" / "benchmarks" / "engine.md"
_POOL = 16
_WARM_S = 0.4


def say(text: str) -> None:
    """One line for people."""
    Console(highlight=False, soft_wrap=True).print(text)


@asynccontextmanager
async def database() -> AsyncGenerator[str]:
    """A PostgreSQL as the stack runs it, with the rows; more connections, because every peer has a pool."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(data_dir=Path(folder) / "data", port=free_port(), password="bench")
        await asyncio.to_thread(server.initialise)
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen([*server.command(), "-c", "max_connections=250"], stdout=log, stderr=log)
        try:
            await until(lambda: accepts(server.url), within_s=30, what="PostgreSQL's readiness")
            connection = await asyncpg.connect(server.url)
            # VACUUM refuses to be one of several statements that are sent together.
            for statement in (SQL / "data.sql").read_text().strip().removesuffix(";").split(";"):
                await connection.execute(statement)
            await connection.close()
            yield server.url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def asked(peer: Running, question: Question) -> Ask:
    """A way to ask this peer this question."""

    async def ask(connections: int, seconds: float) -> Outcome:
        return await load(peer.order(question, connections, seconds))

    return ask


async def measure(url: str, *, quick: bool) -> Report:
    """Everything, in one run."""
    connections, count, seconds = ((16,), 3, 0.8) if quick else ((1, 16, 64), 5, 0.8)
    async with AsyncExitStack() as stack:
        up = {peer.name: await stack.enter_async_context(running(peer)) for peer in peers(url, _POOL)}
        for question in QUESTIONS:
            answers = {name: values(peer.order(question, 1, 0)) for name, peer in up.items()}
            if any(one != answers["engine"] for one in answers.values()):
                raise RuntimeError(f"{question.name}: the peers answer differently: {answers}")
        measured: dict[tuple[str, int], dict[str, Series]] = {}
        for question in QUESTIONS:
            asks = {name: asked(peer, question) for name, peer in up.items()}
            asks["pgbench"] = partial(pgbench, url, question)
            for number in connections:
                for ask in asks.values():
                    await ask(number, _WARM_S)
                series = await rounds(asks, connections=number, count=count, seconds=seconds)
                measured[question.name, number] = series
                told = "  ".join(f"{name} {one.per_s:,.0f}/s" for name, one in series.items())
                say(f"{question.name:5} {number:3} connections   {told}")
        memory = {name: peer.memory_mib() for name, peer in up.items()}
        engine = up["engine"]
        figures = await live.measure(engine.port, engine.process.pid, url, engine.memory_mib)
        titles = {name: peer.peer.title for name, peer in up.items()} | {"pgbench": "bare SQL (text), pgbench"}
    manner = f"{count} rounds of {seconds:g} s for each peer, question and number of connections; pools of {_POOL}."
    versions = {"PostgreSQL": await _postgres(url), **python_versions(), **_node_versions()}
    return Report(titles, versions, measured, memory, verdicts(measured, memory["engine"]), figures, manner)


async def _postgres(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


def _node_versions() -> dict[str, str]:
    node = subprocess.run([str(node_program()), "--version"], capture_output=True, text=True, check=True)
    package = json.loads((POSTGRAPHILE / "node_modules" / "postgraphile" / "package.json").read_text())
    return {"Node": node.stdout.strip().removeprefix("v"), "PostGraphile": package["version"]}


async def main(*, quick: bool) -> int:
    """0 if all targets are met, otherwise 1."""
    install_postgraphile()
    async with database() as url:
        report = await measure(url, quick=quick)
    for verdict in report.verdicts:
        colour = "green" if verdict.met else "red"
        say(f"[{colour}]{verdict.what:45} {verdict.target:8} {verdict.measured:7.2f}[/{colour}]")
    if not quick:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(report.markdown())
        say(f"written: {PAGE}")
    return 0 if all(verdict.met for verdict in report.verdicts) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engine")
    parser.add_argument("--quick", action="store_true", help="16 connections, fewer rounds, nothing written")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
