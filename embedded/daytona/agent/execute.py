"""One command: its output as it comes, then how it ended."""

import os
import selectors
import subprocess
import time

from embedded.daytona.agent import processes
from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.pump import Pump
from embedded.daytona.agent.wire import CHUNK_BYTES, Channel, JsonObject

# The kernel refuses longer single arguments (MAX_ARG_STRLEN is 128 KiB).
INLINE_COMMAND_BYTES_MAX = 100_000
CANNOT_START = -1


def run(channel: Channel, request: JsonObject, config: Configuration) -> None:
    """Run `command` in a shell; data frames are its merged output, the last frame says how it ended.

    A client that hangs up, or the time limit, ends the whole tree of the command. Background processes survive a
    command that ended by itself.
    """
    processes.own_descendants()
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        shell = processes.start_shell(
            _arguments(request["command"], config),
            config,
            env=request["env"],
            cwd=config.path(request["cwd"]),
            stdin=subprocess.DEVNULL,
            output=writer,
        )
    except BlockingIOError as error:
        raise processes.no_process(error) from error
    except OSError as error:
        channel.send_data(f"cannot run the command: {error.strerror}: {error.filename}\n".encode("utf-8", "replace"))
        channel.send_json({"exit": CANNOT_START, "dropped": 0, "ended": "exit"})
        return
    os.close(writer)
    _follow(channel, shell, reader, request["timeout_s"], Pump(config.output_bytes))


def _arguments(command: str, config: Configuration) -> list[str]:
    text = command.encode()
    if len(text) <= INLINE_COMMAND_BYTES_MAX:
        return [config.shell, "-c", command]
    descriptor = os.memfd_create("command", 0)
    with os.fdopen(descriptor, "wb", closefd=False) as script:
        script.write(text)
    return [config.shell, f"/proc/{os.getpid()}/fd/{descriptor}"]


def _follow(
    channel: Channel, shell: "subprocess.Popen[bytes]", output: int, timeout_s: float | None, pump: Pump
) -> None:
    exited = os.pidfd_open(shell.pid)
    with selectors.DefaultSelector() as selector:
        for source in (output, exited, channel.fileno()):
            selector.register(source, selectors.EVENT_READ)
        ended = _until_end(channel, selector, (output, exited), timeout_s, pump)
    emptied = ended == "exit" or processes.kill_descendants()
    pump.drain(output, channel.send_data)
    code = processes.exit_code(shell.wait()) if emptied else CANNOT_START
    if ended != "hang-up":
        channel.send_json({"exit": code, "dropped": pump.dropped_bytes, "ended": ended})


def _until_end(
    channel: Channel, selector: selectors.BaseSelector, sources: tuple[int, int], timeout_s: float | None, pump: Pump
) -> str:
    """Why following ended: `exit`, `timeout` or `hang-up`."""
    output, exited = sources
    deadline = None if timeout_s is None else time.monotonic() + timeout_s
    while True:
        left_s = None if deadline is None else max(0.0, deadline - time.monotonic())
        ready = {key.fd for key, _ in selector.select(left_s)}
        if channel.fileno() in ready:
            return "hang-up"
        if output in ready:
            piece = os.read(output, CHUNK_BYTES)
            pump.forward(piece, channel.send_data)
            if not piece:
                selector.unregister(output)
        if exited in ready:
            return "exit"
        if deadline is not None and time.monotonic() >= deadline:
            return "timeout"
