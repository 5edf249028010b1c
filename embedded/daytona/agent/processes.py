"""The process tree inside the sandbox: own it, start shells in it, end it whole."""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH123, PTH208

import ctypes
import os
import resource
import signal
import subprocess
import time

from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.failures import Failed
from embedded.daytona.agent.wire import JsonObject

PR_SET_CHILD_SUBREAPER = 36
# The kernel's memory killer then prefers commands to the agent.
COMMAND_OOM_SCORE = "500"
KILL_WITHIN_S = 5.0
TERMINATE_WITHIN_S = 2.0
_PASS_PAUSE_S = 0.002


def own_descendants() -> None:
    """Make orphans of this handler's commands its children, so that it can find and end them."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start_shell(
    arguments: list[str],
    config: Configuration,
    *,
    env: dict[str, str],
    cwd: str,
    stdin: int,
    output: int,
    passed: tuple[int, ...] = (),
) -> "subprocess.Popen[bytes]":
    """A shell in a session of its own, under the sandbox's limits for commands; `output` takes both of its streams.

    Raises:
        OSError: if the folder is missing or the process limit is reached.
    """
    _limit_commands(config)
    return subprocess.Popen(
        arguments,
        env={**config.env, **env},
        cwd=cwd,
        stdin=stdin,
        stdout=output,
        stderr=output,
        pass_fds=passed,
        start_new_session=True,
    )


def _limit_commands(config: Configuration) -> None:
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write(COMMAND_OOM_SCORE)
    resource.setrlimit(resource.RLIMIT_NPROC, (config.processes, config.processes))


def descendants(root: int) -> list[int]:
    """The living processes below `root`, without it."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents().items():
        children.setdefault(parent, []).append(pid)
    found: list[int] = []
    waiting = [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _parents() -> dict[int, int]:
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as stat:
                # The second field is the program's name in brackets, and may hold anything.
                state, parent = stat.read().rpartition(b")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if state not in (b"Z", b"X"):
            parents[int(name)] = int(parent)
    return parents


def kill_descendants() -> bool:
    """Whether nothing is left below this handler: stop all, kill all, again until a pass finds none."""
    deadline = time.monotonic() + KILL_WITHIN_S
    while pids := descendants(os.getpid()):
        for kind in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                _signal(pid, kind)
        _reap()
        if time.monotonic() > deadline:
            return False
        time.sleep(_PASS_PAUSE_S)
    _reap()
    return True


def _signal(pid: int, kind: signal.Signals) -> None:
    try:
        os.kill(pid, kind)
    except ProcessLookupError:
        return


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def terminate_all(_request: JsonObject, _config: Configuration) -> JsonObject:
    """Ask every command to end, and give it a moment."""
    agent = os.getppid()
    spared = {1, agent, os.getpid()}
    deadline = time.monotonic() + TERMINATE_WITHIN_S
    asked: set[int] = set()
    while time.monotonic() < deadline:
        # The handlers are the agent's children; what they started has other parents.
        remaining = {pid for pid, parent in _parents().items() if pid not in spared and parent != agent}
        if not remaining:
            return {"remaining": 0}
        for pid in remaining - asked:
            _signal(pid, signal.SIGTERM)
        asked |= remaining
        time.sleep(_PASS_PAUSE_S)
    return {"remaining": 1}


def exit_code(returned: int) -> int:
    """The shell's convention: 128 and the signal for a process that a signal ended."""
    return 128 - returned if returned < 0 else returned


def no_process(error: OSError) -> Failed:
    """The failure for a shell that could not be started."""
    return Failed(503, "PROCESS_LIMIT_REACHED", f"the sandbox cannot start another process: {error.strerror}")
