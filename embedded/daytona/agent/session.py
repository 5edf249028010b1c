"""One long-living shell that takes commands one after another and keeps its state between them.

Each command is a file that the shell sources, with named pipes as its streams; the shell writes the exit status to a
pipe of its own. Data frames start with the command's number and the stream (1 output, 2 errors).
"""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH108, PTH123

import os
import selectors
import shlex
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable

from embedded.daytona.agent import processes
from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.pump import Pump
from embedded.daytona.agent.wire import CHUNK_BYTES, Channel, JsonObject

PREFIX = struct.Struct(">IB")
OUTPUT = 1
ERRORS = 2
_FOLDER = "/run"
_STREAM_NAMES = {OUTPUT: "out", ERRORS: "err"}


class _Command:
    """One command in the shell's queue: its named pipes, what it wrote, what it is yet to read."""

    def __init__(self, folder: str, number: int, bytes_max: int) -> None:
        self.number = number
        self.pump = Pump(bytes_max)
        self.base = f"{folder}/{number}"
        self.outputs: dict[int, int] = {}
        self.input: int | None = None
        self.unread = b""

    def prepare(self, text: str, *, interactive: bool) -> None:
        with open(f"{self.base}.sh", "w") as script:
            script.write(text + "\n")
        for stream, name in _STREAM_NAMES.items():
            os.mkfifo(f"{self.base}.{name}", 0o600)
            self.outputs[stream] = os.open(f"{self.base}.{name}", os.O_RDONLY | os.O_NONBLOCK)
        if interactive:
            os.mkfifo(f"{self.base}.in", 0o600)
            # Reading and writing: opening waits for nobody, and the command sees no end of file.
            self.input = os.open(f"{self.base}.in", os.O_RDWR | os.O_NONBLOCK)

    def line(self, done: int) -> str:
        """What the shell is told: source the script with its streams, then say how it ended."""
        base = shlex.quote(self.base)
        source = f"{base}.in" if self.input is not None else "/dev/null"
        return (
            f". {base}.sh <{source} >{base}.out 2>{base}.err {done}>&-; printf '%s %s\\n' {self.number} $? >&{done}\n"
        )

    def forget_files(self) -> None:
        for name in ("sh", "out", "err", "in"):
            try:
                os.unlink(f"{self.base}.{name}")
            except FileNotFoundError:
                continue

    def close_input(self) -> None:
        if self.input is not None:
            os.close(self.input)
            self.input = None


class _Session:
    """The shell, its commands, and the loop that carries bytes between them and the server."""

    def __init__(self, channel: Channel, config: Configuration) -> None:
        self._channel = channel
        self._config = config
        self._folder = tempfile.mkdtemp(prefix="session-", dir=_FOLDER)
        self._commands: dict[int, _Command] = {}
        self._selector = selectors.DefaultSelector()
        self._partial = b""

    def start(self) -> None:
        self._done, self._done_writer = os.pipe()
        os.set_blocking(self._done, False)
        self._shell = processes.start_shell(
            [self._config.shell],
            self._config,
            env={},
            cwd=self._config.home,
            stdin=subprocess.PIPE,
            output=subprocess.DEVNULL,
            passed=(self._done_writer,),
        )
        self._watch(self._channel.fileno(), self._on_message)
        self._watch(self._done, self._on_done)
        self._exited = os.pidfd_open(self._shell.pid)
        self._watch(self._exited, self._on_exit)
        self._open = True
        self._channel.send_json({"started": True})

    def serve(self) -> None:
        while self._open:
            for key, _ in self._selector.select():
                act: Callable[[], None] = key.data
                if key.fd in self._selector.get_map():
                    act()

    def remove_files(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _watch(self, descriptor: int, act: Callable[[], None], events: int = selectors.EVENT_READ) -> None:
        self._selector.register(descriptor, events, act)

    def _on_message(self) -> None:
        frame = self._channel.receive()
        if frame is None:
            self._open = False
            return
        message = frame.json()
        if "run" in message:
            self._run(message)
        elif (command := self._commands.get(message["input"])) is not None and command.input is not None:
            command.unread += message["data"].encode()
            self._feed(command)

    def _run(self, message: JsonObject) -> None:
        command = _Command(self._folder, message["run"], self._config.output_bytes)
        command.prepare(message["command"], interactive=message["interactive"])
        self._commands[command.number] = command
        for stream, descriptor in command.outputs.items():
            self._watch(descriptor, self._reader(command, stream, descriptor))
        if self._shell.stdin is not None:
            self._shell.stdin.write(command.line(self._done_writer).encode())
            self._shell.stdin.flush()

    def _reader(self, command: _Command, stream: int, descriptor: int) -> Callable[[], None]:
        return lambda: self._on_output(command, stream, descriptor)

    def _on_output(self, command: _Command, stream: int, descriptor: int) -> None:
        piece = os.read(descriptor, CHUNK_BYTES)
        if piece:
            command.pump.forward(piece, self._sender(command, stream))
            return
        self._selector.unregister(descriptor)
        os.close(descriptor)
        del command.outputs[stream]

    def _sender(self, command: _Command, stream: int) -> Callable[[bytes], None]:
        prefix = PREFIX.pack(command.number, stream)
        return lambda piece: self._channel.send_data(prefix + piece)

    def _feed(self, command: _Command) -> None:
        """Write what the command's input takes now, and come back for the rest."""
        if command.input is None:
            return
        try:
            written = os.write(command.input, command.unread)
        except BlockingIOError:
            written = 0
        command.unread = command.unread[written:]
        watched = command.input in self._selector.get_map()
        if command.unread and not watched:
            self._watch(command.input, lambda: self._feed(command), selectors.EVENT_WRITE)
        elif watched and not command.unread:
            self._selector.unregister(command.input)

    def _on_done(self) -> None:
        try:
            said = os.read(self._done, CHUNK_BYTES)
        except BlockingIOError:
            return
        *lines, self._partial = (self._partial + said).split(b"\n")
        for line in lines:
            number, _, status = line.partition(b" ")
            if number.isdigit() and status.isdigit():
                self._finish(int(number), int(status))

    def _finish(self, number: int, status: int) -> None:
        command = self._commands.pop(number, None)
        if command is None:
            return
        for stream, descriptor in command.outputs.items():
            command.pump.drain(descriptor, self._sender(command, stream))
        if command.input is not None and command.input in self._selector.get_map():
            self._selector.unregister(command.input)
        command.close_input()
        command.forget_files()
        self._channel.send_json({"done": number, "exit": status, "dropped": command.pump.dropped_bytes})

    def _on_exit(self) -> None:
        """The shell is gone, by `exit` in a command or killed: its running command ended with it."""
        # What it said before it went comes first.
        self._on_done()
        status = processes.exit_code(self._shell.wait())
        self._channel.send_json({"ended": True})
        for number in sorted(self._commands):
            self._finish(number, status)
        self._open = False


def run(channel: Channel, _request: JsonObject, config: Configuration) -> None:
    """Serve one session until its shell exits or the server hangs up; then end everything it started."""
    processes.own_descendants()
    session = _Session(channel, config)
    try:
        session.start()
        session.serve()
    except BlockingIOError as error:
        raise processes.no_process(error) from error
    finally:
        processes.kill_descendants()
        session.remove_files()
