"""Serve the engine, set up by the same variables as Hasura: `python -m embedded.hasura`."""

# ruff: noqa: T201  - the ready line and the reason of a failed start are for whoever started the process

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import asyncpg
import uvloop

from embedded.hasura.api.app import application
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError
from embedded.hasura.server.port import Port
from embedded.hasura.server.processes import WorkerFailedError, parent_gone, run_processes
from embedded.hasura.server.serve import allow_many_sockets, serve, stop_on_signals
from embedded.hasura.settings import Settings, WrongSettingError, settings_from


async def run(settings: Settings, *, worker: bool) -> None:
    """Serve until SIGTERM or SIGINT; a worker also until whoever started it is gone."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    if worker:
        port = Port.join(settings.host, settings.port)
        watching = asyncio.create_task(parent_gone())
        watching.add_done_callback(lambda _: stop.set())
    else:
        port = Port.reserve(settings.host, settings.port)

    def ready() -> None:
        print(f"ready {port.url}", flush=True)

    try:
        if settings.processes > 1 and not worker:
            await run_processes(port, settings.processes, os.environ, ready=ready, stop=stop)
            return
        engine = Engine(settings)
        try:
            await _opened(engine)
            await serve(application(engine), port, ready=ready, stop=stop, farewell=engine.say_farewell)
        finally:
            await engine.close()
    finally:
        port.release()


async def _opened(engine: Engine) -> None:
    try:
        await engine.open()
    except (OSError, asyncpg.PostgresError) as error:
        message = "a database named by HASURA_GRAPHQL_DATABASE_URL or …_METADATA_DATABASE_URL cannot be used"
        raise WrongSettingError(f"{message}: {error}") from error


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 after a clean end, 1 with a sentence if the start fails."""
    given = _parser().parse_args(arguments)
    try:
        told = settings_from(os.environ)
        settings = replace(
            told,
            host=given.server_host or told.host,
            port=told.port if given.server_port is None else given.server_port,
            processes=given.server_processes or told.processes,
        )
        allow_many_sockets()
        uvloop.run(run(settings, worker=given.worker))
    except EngineError as error:
        print(f"{error.code}: {error.message} ({error.path})", file=sys.stderr)
        return 1
    except (WrongSettingError, WorkerFailedError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m embedded.hasura",
        description="A Hasura-compatible GraphQL engine. Everything is set by HASURA_GRAPHQL_… variables;"
        " what is given here goes before them. Prints `ready URL` when it answers.",
    )
    parser.add_argument("--server-host", metavar="HOST", help="where to listen (HASURA_GRAPHQL_SERVER_HOST)")
    parser.add_argument("--server-port", metavar="PORT", type=int, help="0 takes a free one (…_SERVER_PORT)")
    parser.add_argument("--server-processes", metavar="N", type=int, help="how many serve (…_SERVER_PROCESSES)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
