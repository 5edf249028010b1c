"""A git server over HTTP that knows who may come in, and repositories whose hooks give the credential back."""

import base64
import subprocess
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.contract.laws.canary.far_side import Answer, Gate, Heard, answer
from tests.contract.laws.canary.values import writings
from tests.support.world import git, repository

# Git's own processes are looked at while they run; an answer that takes a moment makes sure that they are seen.
_DAWDLE_S = 0.06

# What a hook prints reaches git's client as `remote:` lines, and its client's words reach the product.
ECHO = '#!/bin/sh\ncat "$ECHO_FILE" >&2\nexit 1\n'
# The server's own reason for refusing a branch, which git shows in another way than what hooks print.
REASON = r"""#!/usr/bin/env python3
import os, sys
def read():
    size = int(sys.stdin.buffer.read(4) or b"0000", 16)
    return sys.stdin.buffer.read(size - 4) if size else b""
def write(line):
    sys.stdout.buffer.write(b"%04x" % (len(line) + 4) + line if line else b"0000")
    sys.stdout.buffer.flush()
while read(): pass
write(b"version=1\n"); write(b"")
names = []
while line := read(): names.append(line.split()[2].rstrip(b"\n"))
told = b" ".join(open(os.environ["ECHO_FILE"], "rb").read().splitlines()[:20])
for name in names: write(b"ng " + name + b" " + told)
write(b"")
"""


@dataclass
class Repository:
    """A bare repository behind the server; `login` is the one `user:password` that it takes."""

    folder: Path
    login: str = ""
    refuses: Callable[[Heard], bytes] | None = None
    fetching: Gate | None = None
    pushing: Gate | None = None
    credentials: set[str] = field(default_factory=set)

    @property
    def bare(self) -> Path:
        return self.folder / "repository.git"

    def at(self, branch: str) -> str:
        return git(self.bare, "rev-parse", branch)

    def move(self) -> None:
        """Somebody else pushes to the branch."""
        work = self.folder / "work"
        (work / "other.txt").write_text("other\n")
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "--message", "Other")
        git(work, "push", "--quiet", "origin", "main")

    def hook(self, name: str, script: str, *, before: str = "") -> None:
        """The repository answers pushes with the script, and `echoed` is what that has to give back."""
        file = self.bare / "hooks" / name
        file.write_text(script.replace("#!/bin/sh\n", f"#!/bin/sh\n{before}\n", 1) if before else script)
        file.chmod(0o755)


@dataclass
class GitServer:
    """Git's own HTTP backend over repositories, each with a way of its own."""

    root: Path
    repositories: dict[str, Repository] = field(default_factory=dict)

    def add(self, name: str, login: str) -> Repository:
        """A repository with one commit."""
        folder = self.root / name
        repository(folder)
        self.repositories[name] = Repository(folder, login)
        return self.repositories[name]

    @property
    def answers(self) -> dict[str, Answer]:
        return {name: lambda heard, one=one: self._answer(one, heard) for name, one in self.repositories.items()}

    def _answer(self, one: Repository, heard: Heard) -> bytes:
        time.sleep(_DAWDLE_S)
        authorization = heard.headers.get("authorization", "")
        if "authorization" not in heard.headers:
            return answer("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="git"')
        one.credentials.add(heard.credential)
        if one.refuses is not None:
            return one.refuses(heard)
        if authorization != "Basic " + base64.b64encode(one.login.encode()).decode():
            return answer("403 Forbidden", heard.echo, "Content-Type: text/plain", f"X-Echo: {heard.credential}")
        if one.fetching and heard.path.endswith("git-upload-pack") and b"command=fetch" in heard.body:
            one.fetching.pass_through()
        if one.pushing and heard.path.endswith("git-receive-pack"):
            one.pushing.pass_through()
        return _backend(self.root, one, heard)


def _backend(root: Path, one: Repository, heard: Heard) -> bytes:
    echo = one.folder / "echo"
    echo.write_text("\n".join(writings(heard.credential).values()))
    parts = urllib.parse.urlsplit(heard.path)
    environment = {
        "PATH": "/usr/bin:/bin",
        "GIT_PROJECT_ROOT": str(root),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "REMOTE_USER": "tester",
        "REQUEST_METHOD": heard.method,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_TYPE": heard.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(heard.body)),
        "HTTP_CONTENT_ENCODING": heard.headers.get("content-encoding", ""),
        "HTTP_GIT_PROTOCOL": heard.headers.get("git-protocol", ""),
        "ECHO_FILE": str(echo),
    }
    ended = subprocess.run(
        ["git", "http-backend"], input=heard.body, env=environment, capture_output=True, check=False, timeout=60
    )
    head, _, content = ended.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
    return answer(headers.pop("Status", "200 OK"), content, *(f"{name}: {value}" for name, value in headers.items()))


def denies(heard: Heard) -> bytes:
    """No to everybody, with the credential in the words of the refusal."""
    return answer("403 Forbidden", heard.echo, "Content-Type: text/plain")


def breaks(heard: Heard) -> bytes:
    """A fault of the server, with the credential in its words."""
    return answer("500 Internal Server Error", heard.echo, "Content-Type: text/plain")


def sends_away(heard: Heard) -> bytes:
    """To another host, which the address tells the credential."""
    quoted = urllib.parse.quote(heard.credential, safe="")
    return answer("302 Found", b"", f"Location: http://user:{quoted}@localhost:1/{quoted}/x.git/info/refs?{quoted}")


def names_a_branch_after_it(heard: Heard) -> bytes:
    """A listing in which the branch that HEAD is at is named after the credential."""
    commit = "1" * 40
    branch = "refs/heads/" + urllib.parse.quote(heard.credential, safe="")
    lines = [
        b"# service=git-upload-pack\n",
        None,
        f"{commit} HEAD\0symref=HEAD:{branch} agent=git/2\n".encode(),
        f"{commit} {branch}\n".encode(),
        None,
    ]
    body = b"".join(b"0000" if line is None else b"%04x" % (len(line) + 4) + line for line in lines)
    return answer("200 OK", body, "Content-Type: application/x-git-upload-pack-advertisement")
