"""The real service as a process of its own, and the official SDK against it."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from daytona import AsyncDaytona, AsyncSandbox, CreateSandboxFromSnapshotParams, DaytonaConfig

REPOSITORY = Path(__file__).parents[4]
API_KEY = "a-key-of-the-tests"
HOST_SECRET = "a-secret-of-the-server"
ORDINARY_UID = 54_321

# What the service needs at run time, without compiled parts: an ordinary user may not reach this environment.
_RUNTIME_PACKAGES = (
    "starlette",
    "uvicorn",
    "anyio",
    "idna",
    "sniffio",
    "h11",
    "click",
    "websockets",
    "python_multipart",
)


@dataclass
class Service:
    """One running service."""

    process: subprocess.Popen[str]
    api_url: str
    data_dir: Path

    def client(self, api_key: str = API_KEY) -> AsyncDaytona:
        return AsyncDaytona(DaytonaConfig(api_key=api_key, api_url=self.api_url, target="local"))

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(
    data_dir: Path,
    *,
    limits: dict[str, int] | None = None,
    tools: Sequence[Path] = (),
    command: Sequence[str] = (sys.executable, "-m", "embedded.daytona"),
    python_path: Path = REPOSITORY,
) -> Generator[Service]:
    """A service that said that it is ready, ended at the end."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(python_path),
        "DAYTONA_API_KEY": API_KEY,
        "PORT": "0",
        "DATA_DIR": str(data_dir),
        "SANDBOX_TOOLS": ":".join(str(folder) for folder in tools),
        "SANDBOX_LIMITS": json.dumps(limits) if limits else "",
        "SERVER_ONLY_SECRET": HOST_SECRET,
    }
    process = subprocess.Popen(command, cwd=python_path, env=env, stdout=subprocess.PIPE, text=True)
    try:
        yield Service(process, _ready_url(process), data_dir)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        process.wait(timeout=30)


def _ready_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], 30)
    line = process.stdout.readline() if readable else ""
    assert line.startswith("ready http://"), f"the service did not become ready: {line!r}"
    return line.split()[1]


@contextmanager
def serving_as_ordinary_user(limits: dict[str, int] | None = None) -> Generator[Service]:
    """A service that is not root, also where the tests are: with its code in a folder that everybody may read."""
    folder = Path(tempfile.mkdtemp(prefix="fo-ordinary-"))
    data_dir = folder / "data"
    data_dir.mkdir()
    code = folder / "code"
    shutil.copytree(REPOSITORY / "embedded", code / "embedded", ignore=shutil.ignore_patterns("__pycache__"))
    for name in _RUNTIME_PACKAGES:
        _copy_package(name, code)
    shutil.copyfile(str(find_module("typing_extensions")), code / "typing_extensions.py")
    command = ["/usr/bin/python3", "-m", "embedded.daytona"]
    if os.geteuid() == 0:
        folder.chmod(0o755)
        os.chown(data_dir, ORDINARY_UID, ORDINARY_UID)
        identity = ("--reuid", str(ORDINARY_UID), "--regid", str(ORDINARY_UID), "--clear-groups")
        command = ["setpriv", *identity, "--", *command]
    try:
        with serving(data_dir, limits=limits, command=command, python_path=code) as service:
            yield service
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_module(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


def _copy_package(name: str, target: Path) -> None:
    with contextlib.suppress(metadata.PackageNotFoundError, AssertionError):
        ignored = shutil.ignore_patterns("__pycache__", "*.so")
        shutil.copytree(find_module(name).parent, target / name, ignore=ignored)


async def new_sandbox(client: AsyncDaytona, **parameters: object) -> AsyncSandbox:
    """A sandbox with no network, which is the only kind."""
    return await client.create(CreateSandboxFromSnapshotParams(network_block_all=True, **parameters))  # pyright: ignore[reportArgumentType]


def alive(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def processes_with(marker: str) -> list[int]:
    """The living processes of this machine whose command line contains `marker`."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if marker.encode() in (entry / "cmdline").read_bytes() and alive(int(entry.name)):
                    found.append(int(entry.name))
    return found


@contextmanager
def timed() -> Generator[list[float]]:
    """How many seconds the block took, as the only element, afterwards."""
    taken: list[float] = []
    started = time.monotonic()
    yield taken
    taken.append(time.monotonic() - started)
