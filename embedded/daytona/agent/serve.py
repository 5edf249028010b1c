"""The agent's main loop: take a socket from the control socket, fork a handler for it, sleep."""

import os
import resource
import signal
import socket
import sys

from embedded.daytona.agent import configuration, failures, operations
from embedded.daytona.agent.configuration import AGENT_PROCESSES, Configuration
from embedded.daytona.agent.wire import Channel

CONTROL_FD = 0


def main() -> None:
    """Serve until the server closes the control socket, which also happens when the server dies."""
    control = socket.socket(fileno=os.dup(CONTROL_FD))
    _redirect_standard_streams()
    # Handlers are never waited for: the kernel takes them away.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    config = _configure(control)
    if config is None:
        return
    while (connection := _next_connection(control)) is not None:
        _fork_handler(control, connection, config)
        connection.close()


def _redirect_standard_streams() -> None:
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)


def _configure(control: socket.socket) -> Configuration | None:
    """The configuration, its limits applied, or None if the server went away first."""
    connection = _next_connection(control)
    if connection is None:
        return None
    channel = Channel(connection)
    frame = channel.receive()
    if frame is None:
        return None
    config = configuration.parse(frame.json())
    _apply_limits(config)
    channel.send_json({"ready": True})
    # From here on the server reads no diagnostics of ours.
    os.dup2(0, 2)
    connection.close()
    return config


def _apply_limits(config: Configuration) -> None:
    processes = config.processes + AGENT_PROCESSES
    resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (config.file_bytes, config.file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Exceeding the file size is then an ordinary EFBIG for programs that look, as on a full disk.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if config.data_bytes:
        resource.setrlimit(resource.RLIMIT_DATA, (config.data_bytes, config.data_bytes))


def _next_connection(control: socket.socket) -> socket.socket | None:
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    return socket.socket(fileno=descriptors[0]) if descriptors else None


def _fork_handler(control: socket.socket, connection: socket.socket, config: Configuration) -> None:
    try:
        child = os.fork()
    except OSError as error:
        try:
            Channel(connection).send_json(failures.reply(failures.of_os_error(error)))
        except OSError:  # the server hung up meanwhile
            return
        return
    if child:
        return
    status = 1
    try:
        control.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        operations.handle(Channel(connection), config)
        status = 0
    finally:
        sys.stdout.flush()
        os._exit(status)
