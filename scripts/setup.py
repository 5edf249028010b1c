"""Make this folder ready to run: `setup.py [--stack] [--checks] [--clients]`; `--lock` locks the requirements anew.

It needs Python 3.11 or later, make, git and the package registries, nothing else, and uses the standard library only.
Every step leaves a stamp, so that a second run takes a moment. The order of the steps is the order of `main`.
"""
# ruff: noqa: T201, S603, S607, INP001  - a script of its own, outside every package, that prints and runs programs

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".state"
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
TOOLS = STATE / "sandbox-tools"
BOOTSTRAP = STATE / "bootstrap"
PORTAL = ROOT / "portal"
# The forms of the portal check with the contracts' own schemas.
SCHEMAS = ROOT / "codegen" / "json_schemas"
CONSOLE = ROOT / "embedded" / "hasura" / "console"
CLIENTS = STATE / "clients"
PYTHON_CLIENT = ROOT / "codegen" / "clients" / "python" / "src"
NODE_CLIENTS = ROOT / "tests" / "integration" / "embedded" / "hasura" / "clients" / "node"
OLDEST_PYTHON = (3, 11)
_HEARTBEAT_S = 10
_SHOWN_MAX = 4000

# What must be on the PATH, and the Debian package that brings it.
PROGRAMS = {"bwrap": "bubblewrap", "setpriv": "util-linux", "unshare": "util-linux", "git": "git"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# uv must neither fetch an interpreter nor be led astray by an environment that happens to be active, and an
# installation must fetch no browser: browsers come from Debian.
SETTINGS = {
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_NO_CONFIG": "1",
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


class SetupError(Exception):
    """A step failed; the message is one line that says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Carry out what is not done yet; 0, or 1 after a line that says what to do."""
    options = _parser().parse_args(arguments)
    try:
        STATE.mkdir(exist_ok=True)
        with _alone():
            if options.lock:
                lock()
            else:
                set_up(stack=options.stack, checks=options.checks, clients=options.clients)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


def set_up(*, stack: bool, checks: bool, clients: bool) -> None:
    """Bring system packages and both environments; for a stack the portal and the console, for tests clients."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    system_packages(browser=stack)
    product_environment()
    sandbox_tools()
    if stack or checks:
        portal_packages()
        console()
    if stack:
        portal()
    if clients:
        engine_clients()
    if checks:
        type_checker()


def system_packages(*, browser: bool) -> None:
    """Install the Debian packages whose programs are missing, where that is permitted.

    Raises:
        SetupError: naming the packages, where it is not permitted or fails.
    """
    missing = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    if browser and not any(shutil.which(name) for name in BROWSERS):
        # A page without a font shows boxes, and Debian's Chromium only recommends one.
        missing |= {"chromium", "fonts-liberation"}
    if not _python_under_usr():
        missing |= {"python3", "python3-venv"}
    if missing:
        _apt(sorted(missing))


def product_environment() -> None:
    """Fill `.venv` with exactly what `requirements/dev.lock` says, and make the tree importable from anywhere."""
    locked = LOCKS / "dev.lock"
    stamp = VENV / "fractalops.stamp"
    # What is made importable, and how, stands in this file.
    sources = (locked, Path(__file__))
    if _is_stamped(stamp, *sources):
        return
    uv = _uv()
    python = VENV / "bin" / "python"
    if not _works(python):
        _run("making .venv", [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
    _run(
        "installing what the product and its tests import (the first time takes a minute or two)",
        [uv, "pip", "sync", "--require-hashes", "--python", str(python), str(locked)],
    )
    _make_importable(python)
    _stamp(stamp, *sources)


def sandbox_tools() -> None:
    """Fill the environment that sandboxes see read-only; its Python lies under /usr, which they see as well."""
    locked = LOCKS / "sandbox.lock"
    stamp = TOOLS / "fractalops.stamp"
    if _is_stamped(stamp, locked):
        return
    uv = _uv()
    python = _python_under_usr()
    if python is None:
        raise SetupError("A Python 3.11 or later under /usr is needed: `apt-get install python3`.")
    _run(
        "making the sandboxes' tools",
        [uv, "venv", "--quiet", "--clear", "--relocatable", "--python", python, str(TOOLS)],
    )
    _run(
        "installing the sandboxes' tools",
        [
            *(uv, "pip", "sync", "--require-hashes", "--link-mode", "copy"),
            *("--python", str(TOOLS / "bin" / "python"), str(locked)),
        ],
    )
    _stamp(stamp, locked)


def portal_packages() -> None:
    """Install what the portal is built, checked and given its GraphQL types with."""
    if (PORTAL / "package-lock.json").exists():
        _node_packages("installing what the portal is built with", PORTAL)


def portal() -> None:
    """Build the portal, only if its sources have changed."""
    if not (PORTAL / "index.html").exists():
        return
    built = PORTAL / "dist" / "fractalops.stamp"
    sources = _portal_sources()
    if not _is_stamped(built, *sources):
        _run("building the portal", ["npm", "run", "build"], folder=PORTAL)
        _stamp(built, *sources)


def console() -> None:
    """Install what the engine's console shows; it is served as it comes, so nothing is built."""
    if (CONSOLE / "package-lock.json").exists():
        _node_packages("installing what the console shows", CONSOLE)


def engine_clients() -> None:
    """Install the generator of our Python client, and what tests run against the GraphQL engine, of Python and Node."""
    locked = LOCKS / "clients.lock"
    stamp = CLIENTS / "fractalops.stamp"
    if not _is_stamped(stamp, locked):
        uv = _uv()
        python = str(CLIENTS / "bin" / "python")
        _run("making the clients' environment", [uv, "venv", "--quiet", "--clear", "--python", sys.executable, CLIENTS])
        _run(
            "installing clients of the GraphQL engine",
            [uv, "pip", "sync", "--require-hashes", "--python", python, locked],
        )
        _stamp(stamp, locked)
    _node_packages("installing clients of the GraphQL engine for Node", NODE_CLIENTS)


def type_checker() -> None:
    """Let pyright lay out what it needs at its first run, so that checks need no network and start at once."""
    stamp = VENV / "pyright.stamp"
    if _is_stamped(stamp, LOCKS / "dev.lock"):
        return
    if not shutil.which("node"):
        raise SetupError("Node 20 or later is needed for the type checker: `apt-get install nodejs`.")
    _run("preparing the type checker", [str(VENV / "bin" / "python"), "-m", "pyright", "--version"])
    _stamp(stamp, LOCKS / "dev.lock")


def lock() -> None:
    """Write the locks anew from the `.in` files, keeping every version that still fits."""
    uv = _uv(hashed=(LOCKS / "bootstrap.lock").exists())
    for name in ("bootstrap", "sandbox", "clients", "dev", "product"):
        # What is deployed has the versions that were tested.
        tested = ("--constraint", "requirements/dev.lock") if name == "product" else ()
        _run(
            f"locking requirements/{name}.in",
            [
                *(uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
                *("--no-emit-index-url", "--custom-compile-command", "make lock"),
                *(*tested, f"requirements/{name}.in", "--output-file", f"requirements/{name}.lock"),
            ],
        )


def _uv(*, hashed: bool = True) -> str:
    # uv comes by pip into a small environment of its own, so that the machine's Python stays as it is.
    program = BOOTSTRAP / "bin" / "uv"
    stamp = BOOTSTRAP / "fractalops.stamp"
    wanted = LOCKS / "bootstrap.lock"
    if hashed and _is_stamped(stamp, wanted):
        return str(program)
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    _venv_with_pip()
    what = ["--require-hashes", "--requirement", str(wanted)] if hashed else ["uv"]
    _run("fetching uv", [str(BOOTSTRAP / "bin" / "python"), "-m", "pip", "install", "--quiet", *what])
    if hashed:
        _stamp(stamp, wanted)
    return str(program)


def _venv_with_pip() -> None:
    command = [sys.executable, "-m", "venv", str(BOOTSTRAP)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    # Debian keeps ensurepip in a package of its own.
    _apt(["python3-venv"])
    _run("making the environment for uv", [*command, "--clear"])


def _node_packages(what: str, folder: Path) -> None:
    locked = folder / "package-lock.json"
    stamp = folder / "node_modules" / "fractalops.stamp"
    if _is_stamped(stamp, locked):
        return
    if not (shutil.which("node") and shutil.which("npm")):
        raise SetupError("Node 20 or later with npm is needed: `apt-get install nodejs npm`.")
    _run(what, ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder=folder)
    _stamp(stamp, locked)


def _make_importable(python: Path) -> None:
    # A path file and a launcher do what an editable install does, without a build backend from the network.
    answer = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(answer.stdout.strip()) / "fractalops.pth").write_text(f"{ROOT}\n{PYTHON_CLIENT}\n")
    launcher = VENV / "bin" / "fractalops"
    launcher.write_text(
        "#!/bin/sh\n"
        'exec "$(dirname "$(readlink -f "$0")")/python" -c '
        "'import sys; from entrypoints.cli.main import main; sys.exit(main())' \"$@\"\n"
    )
    launcher.chmod(0o755)


def _apt(packages: list[str]) -> None:
    names = " ".join(packages)
    instead = f"install them yourself: `apt-get install {names}`"
    if not shutil.which("apt-get"):
        raise SetupError(f"System packages are missing ({names}) and this is no Debian; {instead}.")
    prefix = _root_prefix()
    if prefix is None:
        raise SetupError(
            f"System packages are missing and only root may install them; run `sudo make setup` or {instead}."
        )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    try:
        _run("refreshing the package lists", [*apt, "update"])
        _run(f"installing {names}", install)
    except SetupError as error:
        raise SetupError(f"{error} System packages are missing; {instead}.") from error


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _python_under_usr() -> str | None:
    for name in ("/usr/bin/python3.11", "/usr/bin/python3", "/usr/local/bin/python3"):
        found = Path(name)
        if not found.exists() or not str(found.resolve()).startswith("/usr/"):
            continue
        asked = [name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        if subprocess.run(asked, check=False).returncode == 0:
            return name
    return None


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    asked = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _portal_sources() -> list[Path]:
    found: list[Path] = []
    for root in (PORTAL, SCHEMAS):
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(set(folders) - {"node_modules", "dist"})
            found += [Path(folder) / name for name in sorted(files)]
    return found


def _run(what: str, command: Sequence[str | Path], *, folder: Path = ROOT) -> None:
    # A line at the start, one every few seconds, and the tool's own words only when it failed.
    print(f"setup: {what} …", flush=True)
    began = time.monotonic()
    log = STATE / "setup.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
        while True:
            try:
                code = process.wait(timeout=_HEARTBEAT_S)
                break
            except subprocess.TimeoutExpired:
                print(f"setup: … {time.monotonic() - began:.0f} s", flush=True)
    if code != 0:
        said = log.read_text(errors="replace")
        print(said if len(said) <= _SHOWN_MAX else f"{said[:_SHOWN_MAX]}\n… ({log})", file=sys.stderr)
        raise SetupError(f"{what} failed with exit code {code}; its own words stand above.")


def _environment() -> dict[str, str]:
    dropped = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, **SETTINGS}


def _fingerprint(sources: Sequence[Path]) -> str:
    # Environments hold absolute paths: a folder that was moved or copied is set up anew.
    said = hashlib.sha256(f"{ROOT}\n{sys.version_info[:2]}\n".encode())
    for source in sources:
        said.update(f"{source}\n".encode())
        said.update(hashlib.sha256(source.read_bytes()).digest())
    return said.hexdigest()


def _is_stamped(stamp: Path, *sources: Path) -> bool:
    return stamp.exists() and stamp.read_text().strip() == _fingerprint(sources)


def _stamp(stamp: Path, *sources: Path) -> None:
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(_fingerprint(sources) + "\n")


@contextmanager
def _alone() -> Generator[None]:
    # Two targets started at the same time must not fill the same environment.
    with (STATE / "setup.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("setup: another set-up is at work in this folder; waiting for it …", flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="setup.py", description="Make this folder ready to run.")
    parser.add_argument("--stack", action="store_true", help="bring a Chromium, the portal and console as well")
    parser.add_argument("--checks", action="store_true", help="bring the portal, console and type checker as well")
    parser.add_argument("--clients", action="store_true", help="install what writes our clients, and what tests run")
    parser.add_argument("--lock", action="store_true", help="write the requirement locks anew, and nothing else")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
