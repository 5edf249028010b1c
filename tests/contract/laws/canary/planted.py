"""Values that are planted on purpose, one in each kind of place, so that the search cannot be blind to it.

Each plants while its block runs, and gives the part of the search that looks at that kind of place.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from temporalio.client import Client

from tests.contract.laws.canary import answers
from tests.contract.laws.canary.places import (
    Leak,
    in_answers,
    in_arguments,
    in_databases,
    in_environments,
    in_files,
    in_histories,
)
from tests.contract.laws.canary.scene import Scene
from tests.contract.laws.canary.watch import Watch
from tests.support.world import git

Search = Callable[[], Awaitable[list[Leak]]]
Plant = Callable[[Scene, str], AbstractAsyncContextManager[Search]]

_READINESS = "UPDATE endpoint_readiness SET detail = $1"
_EVENT = """
INSERT INTO portal_live_events (org_id, position, type, subject, data, cause)
SELECT id, 1000000, 'Planted', 'x', jsonb_build_object('detail', $1::text), 'planted' FROM organization LIMIT 1"""
_ARTIFACT = """
INSERT INTO artifact (org_id, id, harness_id, name, media_type, digest, size_bytes, encoding, body)
SELECT org_id, gen_random_uuid(), id, 'planted', 'text/plain', '', 0, 'utf-8', $1 FROM harness LIMIT 1"""


def _rows(scene: Scene) -> Search:
    return lambda: in_databases(scene.world.at["database_url"], scene.canaries)


def _files(scene: Scene, below: str) -> Search:
    return lambda: asyncio.to_thread(in_files, scene.world.stack.home, scene.canaries, below)


@asynccontextmanager
async def row(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """What an endpoint said of itself, kept as it was said."""
    await scene.world.ask_database(_READINESS, f"It answered {value}.")
    yield _rows(scene)
    await scene.world.ask_database(_READINESS, "")


@asynccontextmanager
async def answer(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """The same as a viewer reads it."""
    await scene.world.ask_database(_READINESS, f"It answered {value}.")
    orgs = list(scene.organizations.values())[:1]

    async def search() -> list[Leak]:
        return in_answers(await answers.asked(scene.world, orgs), scene.canaries)

    yield search
    await scene.world.ask_database(_READINESS, "")


@asynccontextmanager
async def row_elsewhere(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A table of another database on the server, with bytes in a column."""
    url = scene.world.at["database_url"].rsplit("/", 1)[0] + "/hasura_metadata"
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE planted (kept bytea)")
    await connection.execute("INSERT INTO planted VALUES ($1)", value.encode())
    yield _rows(scene)
    await connection.execute("DROP TABLE planted")
    await connection.close()


@asynccontextmanager
async def event(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """An event whose data quotes it."""
    await scene.world.ask_database(_EVENT, value)
    yield _rows(scene)


@asynccontextmanager
async def artifact(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """An artifact whose bytes hold it."""
    await scene.world.ask_database(_ARTIFACT, value)
    yield _rows(scene)


@asynccontextmanager
async def log_line(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A line of a process's log."""
    with (scene.world.stack.home / "logs" / "api.log").open("a") as log:
        log.write(f"A request failed: Authorization: Bearer {value}\n")
    yield _files(scene, "logs")


@asynccontextmanager
async def history(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A workflow that is given it."""
    client = await Client.connect(scene.world.at["temporal_address"])
    handle = await client.start_workflow("planted", {"password": value}, id=f"planted/{uuid4()}", task_queue="planted")
    yield lambda: in_histories(scene.world.at["temporal_address"], scene.canaries)
    await handle.terminate()


@asynccontextmanager
async def _sleeping(*arguments: str, **environment: str) -> AsyncGenerator[Watch]:
    """A process that lives as long as the block, looked at once."""
    program = [sys.executable, "-c", "print(flush=True); input()", *arguments]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(program, env={**os.environ, **environment}, **streams) as process:
        # Until it says something it may still be a copy of this process, with this one's environment.
        assert process.stdout
        assert process.stdout.readline()
        watch = Watch()
        watch.look()
        yield watch
        process.communicate(b"\n")


@asynccontextmanager
async def process(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A process that gets it as an argument."""
    async with _sleeping(f"--password={value}") as watch:

        async def search() -> list[Leak]:
            return in_arguments(watch.arguments, scene.canaries)

        yield search


@asynccontextmanager
async def environment(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A process that gets it by its environment and is not the execution runtime."""
    async with _sleeping(FRACTALOPS_SECRET_A__B=value) as watch:

        async def search() -> list[Leak]:
            return in_environments(watch.environments, scene.canaries)

        yield search


@asynccontextmanager
async def _file(scene: Scene, name: str, text: str) -> AsyncGenerator[Search]:
    path = scene.world.stack.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    yield _files(scene, str(path.parent.relative_to(scene.world.stack.home)))
    path.unlink()


@asynccontextmanager
async def sandbox_file(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A file that was uploaded into a sandbox."""
    async with _file(scene, "data/daytona/planted/.netrc", f"machine host login user password {value}\n") as search:
        yield search


@asynccontextmanager
async def unsealed(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A value in the store's folder that nobody sealed."""
    async with _file(scene, "secrets/planted.sealed", value) as search:
        yield search


@asynccontextmanager
async def git_configuration(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A mirror that remembers where it fetched from, and as whom."""
    text = f'[remote "x"]\nurl = https://user:{value}@host.test/\n'
    async with _file(scene, "data/runtime/mirrors/planted/config", text) as search:
        yield search


@asynccontextmanager
async def git_object(scene: Scene, value: str) -> AsyncGenerator[Search]:
    """A file in a mirror's commit, which git keeps packed."""
    mirrors: Path = scene.world.stack.home / "data" / "runtime" / "mirrors"
    git(mirrors, "init", "--quiet", "--bare", "planted-objects")
    file = scene.git.root / "planted"
    file.write_text(value)
    git(mirrors / "planted-objects", "hash-object", "-w", str(file))
    yield _files(scene, "data/runtime/mirrors")
