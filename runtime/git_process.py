"""One git process: hardened surroundings, bounded output, redacted words.

Nothing of the machine's or the user's configuration is read, nothing is asked on a terminal, no hook runs, and a
credential travels in the environment to a helper that git calls; it is in no argument and no URL.
"""

import asyncio
import contextlib
import os
import re
import signal
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from runtime.failures import Failure
from runtime.git_arguments import LOCAL_PROTOCOL, PROTOCOLS
from runtime.secrets import SecretValue, redact

# Git's own words are shown to people; more than this is progress or a flood.
WORDS_BYTES_MAX = 4096
# What is kept of them until secrets are taken out, which needs whole lines.
_HEARD_BYTES_MAX = 64 * 1024
# The largest answer is a listing of references or files; 32 MiB is some 300,000 of them.
OUTPUT_BYTES_MAX = 32 * 1024 * 1024

_PATH = "/usr/local/bin:/usr/bin:/bin"
_READ_BYTES = 65536
_KILL_GRACE_S = 5

_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    # The mirror is ours but may lie on a volume that shows another owner.
    "safe.directory": "*",
    "protocol.ext.allow": "never",
    "transfer.fsckObjects": "true",
    # Old, harmless faults of widespread histories; refusing them would refuse the repository.
    "fetch.fsck.zeroPaddedFilemode": "ignore",
    "fetch.fsck.missingSpaceBeforeDate": "ignore",
    "fetch.fsck.badTimezone": "ignore",
    "fetch.recurseSubmodules": "false",
    "push.recurseSubmodules": "no",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "commit.gpgSign": "false",
    "core.quotePath": "false",
    "credential.helper": "",
}
_HELPER = (
    """!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$FO_GIT_USERNAME" "$FO_GIT_PASSWORD"; }; f"""
)
_URL_CREDENTIALS = re.compile(rb"(?<=://)[^/\s@]+@")


@dataclass(frozen=True)
class Credential:
    """What a remote asks for over HTTP: a user name, and a password or token."""

    username: str
    password: SecretValue


@dataclass(frozen=True)
class Finished:
    """A git process that ended: its exit code, its output, and its words with credentials taken out."""

    exit_code: int
    output: bytes
    words: str

    def hiding(self, credential: Credential | None) -> "Finished":
        """The same, whose output may be shown: the remote's own words stand in it, and it knows the credential."""
        return replace(self, output=redact(self.output, [credential.password])) if credential else self


@dataclass(frozen=True)
class Surroundings:
    """What every git process of a driver shares; `environment` is for proxies and certificates."""

    allow_local: bool = False
    environment: Mapping[str, str] = field(default_factory=dict[str, str])

    def of(self, url: str | None, credential: Credential | None) -> dict[str, str]:
        """The whole environment of one process."""
        settings = list(_SETTINGS.items())
        secrets: dict[str, str] = {}
        if url and credential:
            if "\n" in credential.username + credential.password.reveal():
                raise Failure("CREDENTIAL_REFUSED", "A user name or password for git has one line.")
            parts = urllib.parse.urlsplit(url)
            # Bound to scheme and host, so that a redirect to another host gets no credential.
            settings.append((f"credential.{parts.scheme}://{parts.netloc}.helper", _HELPER))
            secrets = {"FO_GIT_USERNAME": credential.username, "FO_GIT_PASSWORD": credential.password.reveal()}
        allowed = (*PROTOCOLS, LOCAL_PROTOCOL) if self.allow_local else PROTOCOLS
        return {
            "PATH": _PATH,
            "HOME": "/nonexistent",
            "LC_ALL": "C.UTF-8",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=10",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_ALLOW_PROTOCOL": ":".join(allowed),
            "GIT_CONFIG_COUNT": str(len(settings)),
            **{f"GIT_CONFIG_KEY_{at}": key for at, (key, _) in enumerate(settings)},
            **{f"GIT_CONFIG_VALUE_{at}": value for at, (_, value) in enumerate(settings)},
            **self.environment,
            **secrets,
        }


async def run_git(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    timeout_s: float,
    folder: Path,
    given: bytes = b"",
    credential: Credential | None = None,
) -> Finished:
    """The end of `git arguments`, with `given` on its standard input.

    Raises:
        Failure: GIT_TIMEOUT (worth a retry) and GIT_OUTPUT_TOO_LARGE; the process and its children are killed then.
    """
    process = await asyncio.create_subprocess_exec(
        "git",
        *arguments,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise RuntimeError("The process was started without its pipes.")
    try:
        async with asyncio.timeout(timeout_s):
            _, output, words = await asyncio.gather(
                _write(process.stdin, given), _read(process.stdout), _last_words(process.stderr)
            )
            exit_code = await process.wait()
    except TimeoutError as error:
        raise Failure("GIT_TIMEOUT", f"Git {arguments[0]} did not end within {timeout_s:g} s.", retry=True) from error
    finally:
        await _end(process)
    return Finished(exit_code, output, _clean(words, credential))


async def _write(stream: asyncio.StreamWriter, data: bytes) -> None:
    # Git may end before it has read everything; what it says then matters more than the broken pipe.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stream.write(data)
        await stream.drain()
    stream.close()


async def _read(stream: asyncio.StreamReader) -> bytes:
    output = bytearray()
    while chunk := await stream.read(_READ_BYTES):
        output += chunk
        if len(output) > OUTPUT_BYTES_MAX:
            raise Failure("GIT_OUTPUT_TOO_LARGE", f"Git answered with more than {OUTPUT_BYTES_MAX} bytes.")
    return bytes(output)


async def _last_words(stream: asyncio.StreamReader) -> bytes:
    """The end of the words, from the beginning of a line: a cut line could begin in the middle of a secret."""
    words, cut = b"", False
    while chunk := await stream.read(_READ_BYTES):
        words += chunk
        if len(words) > _HEARD_BYTES_MAX:
            words, cut = words[-_HEARD_BYTES_MAX:], True
    return words.partition(b"\n")[2] if cut else words


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        # The process leads its own session: its helpers (remote-https, index-pack) go with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        async with asyncio.timeout(_KILL_GRACE_S):
            await process.wait()


def _clean(words: bytes, credential: Credential | None) -> str:
    if credential:
        words = redact(words, [credential.password])
    words = _URL_CREDENTIALS.sub(b"", words)[-WORDS_BYTES_MAX:]
    lines = [line.strip() for line in words.decode("utf-8", "replace").splitlines()]
    return " ".join(line for line in lines if line and not line.startswith("hint:"))
