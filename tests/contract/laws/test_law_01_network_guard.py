"""Law 1 at run time: the API's process reaches Postgres and nothing else, whatever its code tries."""

import asyncio
import json
import re
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from asyncpg.connect_utils import _parse_connect_dsn_and_args

from actions.app import SECRET_HEADER
from embedded.postgres.server import PostgresServer
from entrypoints.config import ROOT
from entrypoints.network import kernel
from entrypoints.network.database import Database
from entrypoints.network.guard import REMEDY
from tests.support.ledger import ACTION_SECRET, Api, Ledger, onboarded, work_on
from tests.support.waiting import free_port

_ATTEMPTS = "tests.contract.laws.law_01.attempts"
_HOLDS_PORTS = kernel._version() >= 4


@dataclass
class Listener:
    """Somewhere that is not Postgres: TCP and UDP on one port and a unix socket; counts who comes."""

    port: int
    path: str
    heard: list[str] = field(default_factory=list)


@asynccontextmanager
async def listening(path: Path) -> AsyncGenerator[Listener]:
    listener = Listener(free_port(), str(path))

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.heard.append("a connection")
        writer.close()

    class Datagrams(asyncio.DatagramProtocol):
        def datagram_received(self, *_: Any) -> None:
            listener.heard.append("a datagram")

    tcp = await asyncio.start_server(answer, "127.0.0.1", listener.port)
    unix = await asyncio.start_unix_server(answer, str(path))
    at = ("127.0.0.1", listener.port)
    udp, _ = await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, local_addr=at)
    yield listener
    udp.close()
    for server in (tcp, unix):
        server.close()


async def ran(module: str, *arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments), cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=-1
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode(), err.decode()


@pytest_asyncio.fixture(scope="module")
async def tried(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[tuple[dict[str, dict[str, str]], Listener, str]]:
    """How every attempt of a guarded process ended, whom they would have reached, and what it logged."""
    async with listening(tmp_path_factory.mktemp("law") / "socket") as elsewhere:
        code, out, err = await ran(_ATTEMPTS, postgres.url, str(elsewhere.port), elsewhere.path)
        assert code == 0, err
        yield json.loads(out), elsewhere, err


def test_postgres_answers_through_the_guard(tried: Any):
    assert tried[0]["loop"]["postgres"] == "Postgres answers"


@pytest.mark.parametrize(("layer", "attempts"), [("loop", 13), ("hook", 17)])
def test_every_way_out_is_refused_with_a_sentence_that_says_the_remedy(tried: Any, layer: str, attempts: int):
    ended = {name: how for name, how in tried[0][layer].items() if name != "postgres"}

    assert {name: how for name, how in ended.items() if not how.startswith("refused: In the API's process ")} == {}
    assert all(how.endswith(REMEDY) for how in ended.values())
    assert len(ended) == attempts


def test_what_goes_around_loop_and_hook_is_refused_by_the_kernel_where_it_can(tried: Any):
    expected = "kernel: [Errno 13] Permission denied" if _HOLDS_PORTS else "reached"

    assert set(tried[0]["kernel"].values()) == {expected}


@pytest.mark.usefixtures("tried")
def test_nobody_was_reached(tried: Any):
    assert tried[1].heard == [] if _HOLDS_PORTS else ["a connection"]


def test_every_refusal_is_logged_so_that_nobody_keeps_it_quiet(tried: Any):
    assert tried[2].count(REMEDY) == 30


@asynccontextmanager
async def unix_socket_of(port: int, folder: Path) -> AsyncGenerator[None]:
    """Postgres at a unix socket in the folder, by handing its bytes on."""

    async def hand_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(65_536):
            sink.write(piece)
            await sink.drain()
        sink.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(hand_on(reader, to_server), hand_on(from_server, writer))

    server = await asyncio.start_unix_server(serve, str(folder / ".s.PGSQL.5432"))
    yield
    server.close()


@pytest.mark.parametrize(
    "where",
    ["localhost:{port}/postgres", "127.0.0.1:{dead},localhost:{port}/postgres", "/postgres?host={folder}"],
    ids=["a name that is looked up", "the second of two hosts", "a unix socket"],
)
async def test_postgres_is_reached_wherever_its_url_says(postgres: PostgresServer, tmp_path: Path, where: str):
    url = f"postgresql://postgres:{postgres.password}@" + where.format(
        port=postgres.port, dead=free_port(), folder=tmp_path
    )

    async with unix_socket_of(postgres.port, tmp_path):
        code, out, err = await ran(_ATTEMPTS, url)

    assert (code, out.strip()) == (0, "Postgres answers"), err


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a:b@db.example:6432/c",
        "postgresql://a@db.example/c",
        "postgres://a:b%40c@one.example:1,two.example,three.example:3/c?sslmode=disable",
        "postgresql://a@[::1]:6432/c",
        "postgresql://a@%2Frun%2Fpostgresql/c",
        "postgresql://a@/c?host=/run/postgresql&port=6432",
        "postgresql://a@/c?host=one.example,two.example&port=1,2",
        "postgresql://a@/c?host=one.example,two.example&port=7",
    ],
)
def test_the_guard_and_the_driver_read_the_same_addresses_in_a_url(url: str):
    wanted = "host port user password passfile database ssl service servicefile direct_tls server_settings"
    given = dict.fromkeys([*wanted.split(), "target_session_attrs", "krbsrvname", "gsslib"])
    addresses, _ = _parse_connect_dsn_and_args(dsn=url, **given)

    read = Database.of(url)

    assert read.servers | read.sockets == set(addresses)


def test_a_url_that_names_no_host_ends_the_api_with_a_sentence():
    with pytest.raises(ValueError, match="names no host"):
        Database.of("postgresql:///fractalops")


@dataclass
class Process:
    """An API process of its own, and what it logged once it has ended."""

    http: httpx.AsyncClient
    process: asyncio.subprocess.Process
    log: Path


@asynccontextmanager
async def serving(ledger: Ledger, log: Path, module: str, *arguments: str) -> AsyncGenerator[Process]:
    port = free_port()
    environment = {
        "PYTHONPATH": str(ROOT),
        "FRACTALOPS_DATABASE_URL": ledger.url_of("fo_api"),
        "FRACTALOPS_ACTION_SECRET": ACTION_SECRET,
        "FRACTALOPS_PORT": str(port),
    }
    with log.open("wb") as to:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments), env=environment, cwd=ROOT, stdout=-1, stderr=to
        )
    assert process.stdout is not None
    assert (await asyncio.wait_for(process.stdout.readline(), 60)).startswith(b"ready")
    headers = {SECRET_HEADER: ACTION_SECRET}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as http:
        yield Process(http, process, log)
    if process.returncode is None:
        process.terminate()
    await process.wait()


async def test_a_handler_that_reaches_out_is_refused_and_the_others_go_on(api: Api, ledger: Ledger, tmp_path: Path):
    org = await onboarded(api)
    async with listening(tmp_path / "socket") as elsewhere:
        url = f"http://127.0.0.1:{elsewhere.port}/"
        async with serving(ledger, tmp_path / "log", "tests.contract.laws.law_01.planted_api", url) as running:
            other = Api(running.http, api.pool, api.superuser)

            broken = await other.refused("create_work", work_on(org), as_=org.callers["operator"])
            checked = await other.ok("check_onboarding", {}, as_=org.callers["operator"])

    logged = (tmp_path / "log").read_text()
    assert (broken, checked["state"]) == ("INTERNAL", "active")
    assert f"a connection to 127.0.0.1:{elsewhere.port} was refused" in logged
    assert REMEDY in logged
    assert re.search(r"planted_api\.py.*line \d+", logged), "the traceback names the handler's line"
    assert elsewhere.heard == []


async def test_the_api_says_at_its_start_which_layers_hold_and_ends_cleanly(ledger: Ledger, tmp_path: Path):
    async with serving(ledger, tmp_path / "log", "entrypoints.api") as running:
        assert (await running.http.get("/healthz")).text == "OK"
        running.process.terminate()
        assert await asyncio.wait_for(running.process.wait(), 20) in (0, -15)

    logged = (tmp_path / "log").read_text()
    port = ledger.url.rsplit(":", 1)[1].split("/")[0]
    assert "Only Postgres can be reached. The event loop and the audit hook refuse all else; the kernel: " in logged
    assert not _HOLDS_PORTS or f"no program, and of TCP ports only: {port}." in logged


async def test_a_taken_port_still_ends_the_api_with_a_code(ledger: Ledger):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {
            "PYTHONPATH": str(ROOT),
            "FRACTALOPS_DATABASE_URL": ledger.url_of("fo_api"),
            "FRACTALOPS_ACTION_SECRET": ACTION_SECRET,
            "FRACTALOPS_PORT": str(taken.getsockname()[1]),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "entrypoints.api"), env=environment, cwd=ROOT, stdout=-1, stderr=-1
        )
        await asyncio.wait_for(process.communicate(), 60)

    assert process.returncode not in (0, None)
