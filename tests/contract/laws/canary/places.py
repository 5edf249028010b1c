"""Every place where a value could have come to lie, and what to do if it has."""

import asyncio
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from temporalio.client import Client

from tests.contract.laws.canary.finder import Found, finds, finds_in, opened
from tests.contract.laws.canary.values import Canaries

_TABLES = """
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' ORDER BY 1"""
_COLUMNS = """
SELECT quote_ident(attname) AS name FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""

# By the beginning of a path in the stack's folder; the first that fits.
_FILES: tuple[tuple[str, str], ...] = (
    ("logs/", "Find who wrote this line; give the logger words of your own instead of what came from outside."),
    ("secrets/", "The file store must seal values before they reach the disk: see runtime/secrets/file_store.py."),
    ("data/postgres/", "A row held it, perhaps one that is gone: find the statement, and redact before it is written."),
    ("data/temporal", "Something that an activity took, gave or raised held it: redact in runtime/, where it came in."),
    ("data/daytona/", "A sandbox is never given a secret: find what was uploaded, or the environment of the command."),
    ("data/runtime/", "A mirror holds commits only: a credential goes to git by its helper, never by URL or config."),
)
_OTHER_FILE = "Nothing in the stack's folder may hold a value in the open: find who writes this file."
_ROW = "Redact it with runtime.secrets.redact where it comes in from outside, before an activity hands it on."
_HISTORY = "Temporal keeps what an activity takes, gives or raises: hand on references, and redact words from outside."
_ARGUMENTS = "Everybody on the machine can read arguments: hand the value over by a pipe, or by the environment."
_ENVIRONMENT = "Only the execution runtime is told secrets: give this process an environment without them."
_ANSWER = "Answer with words of our own; never repeat what was sent, and redact what came from outside."


@dataclass(frozen=True)
class Leak:
    """Where a value was found and what to do about it; the value itself is never told."""

    place: str
    found: Found
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: holds {self.found}. {self.remedy}"


async def in_databases(url: str, canaries: Canaries) -> list[Leak]:
    """Every row of every table of every database on the server, catalogues included."""
    names = [row["datname"] for row in await _rows(url, "SELECT datname FROM pg_database WHERE datallowconn")]
    base = urlsplit(url)
    searched = (_in_database(base._replace(path=f"/{name}").geturl(), name, canaries) for name in names)
    return [leak for leaks in await asyncio.gather(*searched) for leak in leaks]


async def _in_database(url: str, name: str, canaries: Canaries) -> list[Leak]:
    leaks: list[Leak] = []
    connection = await asyncpg.connect(url)
    try:
        for (table,) in await connection.fetch(_TABLES):
            rows = await connection.fetch(f"SELECT ctid::text, t::text AS cells FROM {table} t")  # noqa: S608  - of the catalogue
            if finds("\n".join(row["cells"] for row in rows).encode(), canaries):
                for row in rows:
                    if finds(row["cells"].encode(), canaries):
                        leaks += await _in_row(connection, name, table, row["ctid"], canaries)
    finally:
        await connection.close()
    return leaks


async def _in_row(
    connection: "asyncpg.Connection[asyncpg.Record]", database: str, table: str, ctid: str, canaries: Canaries
) -> list[Leak]:
    columns = [row["name"] for row in await connection.fetch(_COLUMNS, table)]
    cells = ", ".join(f"{column}::text" for column in columns)
    row = await connection.fetchrow(f"SELECT {cells} FROM {table} WHERE ctid::text = $1", ctid)  # noqa: S608  - of the catalogue
    return [
        Leak(f"table {table}, column {column}, row {ctid}, database {database}", one, _ROW)
        for column, cell in zip(columns, row or (), strict=False)
        for one in finds((cell or "").encode(), canaries)
    ]


async def _rows(url: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


async def in_histories(address: str, canaries: Canaries) -> list[Leak]:
    """Every event of every workflow, and what Temporal shows of the workflow beside its history."""
    client = await Client.connect(address)
    leaks: list[Leak] = []
    async for execution in client.list_workflows():
        handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
        described = (await handle.describe()).raw_description.SerializeToString()
        leaks += _each(f"workflow {execution.id}, its description", described, canaries, _HISTORY)
        for event in (await handle.fetch_history()).events:
            kind = type(event).DESCRIPTOR.fields_by_name["event_type"].enum_type.values_by_number[event.event_type].name
            place = f"workflow {execution.id}, event {event.event_id} ({kind.removeprefix('EVENT_TYPE_')})"
            leaks += _each(place, event.SerializeToString(), canaries, _HISTORY)
    return leaks


def in_files(home: Path, canaries: Canaries, below: str = "") -> list[Leak]:
    """Every file of the stack's folder, or below a part of it, by bytes, name and, for git's repositories, objects."""
    leaks: list[Leak] = []
    for path in sorted((home / below).rglob("*")):
        name = str(path.relative_to(home))
        remedy = next((words for begins, words in _FILES if name.startswith(begins)), _OTHER_FILE)
        leaks += _each(f"the name of a file in {path.parent}", path.name.encode(errors="replace"), canaries, remedy)
        if path.is_symlink():
            leaks += _each(f"the link {name}", str(path.readlink()).encode(errors="replace"), canaries, remedy)
        elif path.is_file():
            leaks += _in_file(path, name, canaries, remedy)
        elif path.is_dir() and (path / "HEAD").is_file() and (path / "objects").is_dir():
            leaks += [Leak(f"git objects of {name}", one, remedy) for one in finds_in(_objects(path), canaries)]
    return leaks


def _in_file(path: Path, name: str, canaries: Canaries, remedy: str) -> Iterator[Leak]:
    try:
        # PostgreSQL fills files with zeros to the end; searching those would take most of the time.
        data = path.read_bytes().rstrip(b"\0")
    except FileNotFoundError:
        # Servers remove files while they are looked at.
        return
    for found in finds(data, canaries):
        yield Leak(f"{name}:{_line(data, found.at)}" if name.startswith("logs/") else name, found, remedy)
    for inside in list(opened(data))[1:]:
        yield from _each(f"{name}, unpacked", inside, canaries, remedy)


def _line(data: bytes, at: int) -> int:
    return data[:at].count(b"\n") + 1


def _objects(repository: Path) -> Iterator[bytes]:
    """Every commit, tree and file of a repository, unpacked."""
    command = ["git", "-c", "safe.directory=*", "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:
        while piece := reading.stdout.read(1 << 16) if reading.stdout else b"":
            yield piece


def in_answers(answers: Iterable[tuple[str, str]], canaries: Canaries) -> list[Leak]:
    """What was answered, by whom."""
    return [leak for who, text in answers for leak in _each(who, text.encode(errors="replace"), canaries, _ANSWER)]


def in_arguments(arguments: Iterable[tuple[int, bytes]], canaries: Canaries) -> list[Leak]:
    """The arguments of processes by their id."""
    return [leak for pid, line in arguments for leak in _each(_process(pid, line), line, canaries, _ARGUMENTS)]


def in_environments(environments: Iterable[tuple[int, bytes, bytes]], canaries: Canaries) -> list[Leak]:
    """The environments of processes by their id and arguments."""
    return [
        leak
        for pid, line, environment in environments
        for leak in _each(f"the environment of {_process(pid, line)}", environment, canaries, _ENVIRONMENT)
    ]


def _process(pid: int, line: bytes) -> str:
    program = " ".join(part.decode(errors="replace") for part in line.split(b"\0")[:3])
    return f"process {pid} ({program[:80]})"


def _each(place: str, data: bytes, canaries: Canaries, remedy: str) -> list[Leak]:
    return [Leak(place, found, remedy) for found in finds(data, canaries)]
