"""`doctor`: is this machine ready, and if not, what to do."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import typer
from rich.text import Text

from entrypoints.cli.output import Json, people, say_json
from entrypoints.config import ROOT, Ports, state_folder
from entrypoints.stack import running
from entrypoints.stack.home import Home
from entrypoints.stack.ports import holder_of, is_free

app = typer.Typer()

_DISK_BYTES_MIN = 1_000_000_000
_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` is None when it is well, `is_fatal` False when the stack runs all the same."""

    subject: str
    seen: str
    remedy: str | None = None
    is_fatal: bool = True


@app.command()
def doctor(*, json: Json = False) -> None:
    """Look at everything the stack needs on this machine and say what is missing and how to get it.

    Exit code 1 if something is missing without which the stack cannot run.
    """
    findings = [finding for check in CHECKS for finding in check()]
    sick = [finding for finding in findings if finding.remedy and finding.is_fatal]
    if json:
        say_json({"well": not sick, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            _say(finding)
    if sick:
        raise typer.Exit(1)


def python() -> list[Finding]:
    """Whether this Python is recent enough and the set-up has been done with the lock as it is now."""
    version = sys.version.split()[0]
    old = sys.version_info < _OLDEST_PYTHON
    done = (ROOT / ".venv" / "fractalops.stamp").exists()
    return [
        Finding("Python", version, "Install Python 3.11 or later." if old else None),
        Finding(
            "set-up", "done" if done else "not done by `make setup`", None if done else "make setup", is_fatal=False
        ),
    ]


def programs() -> list[Finding]:
    """Whether the programs that Debian brings are on the PATH."""
    needed = {"bwrap": "bubblewrap", "setpriv": "util-linux", "unshare": "util-linux", "git": "git"}
    found = [_program(name, package, is_fatal=True) for name, package in needed.items()]
    browsers = ("chromium", "chromium-browser", "google-chrome")
    browser = next((name for name in browsers if shutil.which(name)), "chromium")
    return [*found, _program(browser, "chromium", is_fatal=False)]


def isolation() -> list[Finding]:
    """Whether the kernel lets sandboxes be made."""
    remedy = "Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1), or run as root."
    tried = {
        "sandboxes": ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"],
        "user namespaces": ["unshare", "--user", "--map-root-user", "true"],
    }
    return [
        Finding(subject, "work" if _succeeds(command) else "refused", None if _succeeds(command) else remedy)
        for subject, command in tried.items()
    ]


def sandbox_tools() -> list[Finding]:
    """Whether the tools that sandboxes see are there."""
    there = (ROOT / ".state" / "sandbox-tools" / "bin" / "python").exists()
    return [Finding("sandbox tools", "there" if there else "missing", None if there else "make setup")]


def disk() -> list[Finding]:
    """Whether there is room for the stack's data."""
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    free_bytes = shutil.disk_usage(folder).free
    remedy = None if free_bytes >= _DISK_BYTES_MIN else "Free at least 1 GB, or set FRACTALOPS_HOME to another disk."
    return [Finding("disk", f"{free_bytes / 1e9:.1f} GB free in {folder}", remedy)]


def stack_and_ports() -> list[Finding]:
    """Whether a stack runs here; if none does, whether the default ports are free."""
    home = Home(state_folder())
    stack = running.find(home)
    if stack:
        return [
            Finding("stack", f"runs as process {stack.pid}, {'serving' if stack.serving else 'starting or ending'}")
        ]
    findings = [Finding("stack", "does not run here")]
    for name, port in vars(Ports()).items():
        if not is_free(port):
            remedy = "Another port will be used; stop that process to have the usual one."
            findings.append(Finding(f"port {port} ({name})", f"taken by {holder_of(port)}", remedy, is_fatal=False))
    return findings


CHECKS: tuple[Callable[[], list[Finding]], ...] = (python, programs, isolation, sandbox_tools, disk, stack_and_ports)


def _program(name: str, package: str, *, is_fatal: bool) -> Finding:
    path = shutil.which(name)
    return Finding(name, path or "missing", None if path else f"apt-get install {package}", is_fatal=is_fatal)


def _succeeds(command: list[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _say(finding: Finding) -> None:
    mark = "ok  " if not finding.remedy else "FAIL" if finding.is_fatal else "note"
    style = {"ok  ": "green", "FAIL": "red", "note": "yellow"}[mark]
    line = Text.assemble((mark, style), f"  {finding.subject}: {finding.seen}")
    people.print(line.append(f"\n      → {finding.remedy}" if finding.remedy else ""), soft_wrap=True)
