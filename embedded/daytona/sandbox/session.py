"""The server's end of a session: its commands, their logs, and the reader that fills them."""

import asyncio
import struct
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from embedded.daytona.agent.wire import DATA, JsonObject
from embedded.daytona.refusals import Refusal, bad_request, daemon, not_found
from embedded.daytona.sandbox.connection import Connection, checked
from embedded.daytona.sandbox.spool import ERRORS, OUTPUT, Piece, Spool

_PREFIX = struct.Struct(">IB")
COMMANDS_MAX = 1_000
INPUT_BYTES_MAX = 1024 * 1024
_LOST = -1


@dataclass
class Command:
    """One command of a session."""

    id: str
    number: int
    text: str
    spool: Spool
    suppress_echo: bool
    exit_code: int | None = None
    """None while it runs or waits for its turn."""
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    def finish(self, exit_code: int, notice: str = "") -> None:
        """Note the end; waiting callers and followers go on."""
        if self.exit_code is None:
            self.exit_code = exit_code
            self.spool.finish(notice)
            self.finished.set()


class Session:
    """One shell inside the sandbox."""

    def __init__(self, session_id: str, connection: Connection, folder: Path, *, output_bytes: int) -> None:
        self.id = session_id
        self.commands: dict[str, Command] = {}
        self.is_open = True
        self._connection = connection
        self._folder = folder
        self._output_bytes = output_bytes
        self._by_number: dict[int, Command] = {}
        self._reader = asyncio.create_task(self._read())

    async def run(self, text: str, *, interactive: bool, suppress_echo: bool) -> Command:
        """A new command, in the shell's queue.

        Raises:
            Refusal: if the session's shell has ended, or it ran too many commands.
        """
        self._require_open()
        if len(self.commands) >= COMMANDS_MAX:
            raise bad_request(f"a session runs at most {COMMANDS_MAX} commands: delete it and create another")
        number = len(self.commands) + 1
        spool = Spool(self._folder / str(number), bytes_max=self._output_bytes)
        command = Command(str(uuid.uuid4()), number, text, spool, suppress_echo)
        self.commands[command.id] = self._by_number[number] = command
        await self._connection.send_json({"run": number, "command": text, "interactive": interactive})
        return command

    def command(self, command_id: str) -> Command:
        """One command.

        Raises:
            Refusal: if the session has none with this id.
        """
        if (command := self.commands.get(command_id)) is None:
            raise not_found(f"command {command_id}")
        return command

    async def send_input(self, command_id: str, text: str) -> None:
        """Feed a running command a line; it shows in the log unless the command asked otherwise.

        Raises:
            Refusal: if the command has ended.
        """
        command = self.command(command_id)
        if command.exit_code is not None:
            raise daemon(410, "COMMAND_ALREADY_COMPLETED", "the command has already completed")
        self._require_open()
        line = text if text.endswith("\n") else text + "\n"
        if len(line) > INPUT_BYTES_MAX:
            raise bad_request(f"one input is at most {INPUT_BYTES_MAX} bytes")
        if not command.suppress_echo:
            command.spool.append(Piece(OUTPUT, line.encode()))
        await self._connection.send_json({"input": command.number, "data": line})

    def _require_open(self) -> None:
        if not self.is_open:
            raise daemon(410, "SESSION_ENDED", "the session's shell has ended")

    def close(self) -> None:
        """End the shell and everything it started; the reader notices."""
        self._connection.close()

    async def _read(self) -> None:
        try:
            while True:
                frame = await self._connection.receive()
                if frame.kind == DATA:
                    self._on_data(frame.payload)
                else:
                    self._on_message(checked(frame))
        except (Refusal, ValueError, KeyError, struct.error):
            # The agent hung up or broke the protocol: both end the session.
            self.is_open = False
        for command in self.commands.values():
            command.finish(_LOST, "[the session ended]\n")
        self._connection.close()

    def _on_data(self, payload: bytes) -> None:
        number, stream = _PREFIX.unpack_from(payload)
        if stream in (OUTPUT, ERRORS) and (command := self._by_number.get(number)) is not None:
            command.spool.append(Piece(stream, payload[_PREFIX.size :]))

    def _on_message(self, message: JsonObject) -> None:
        if "ended" in message:
            # Said before the last command's end, so that nobody who saw that end finds the session open.
            self.is_open = False
            return
        dropped_bytes = int(message["dropped"])
        notice = truncation_notice(dropped_bytes, self._output_bytes) if dropped_bytes else ""
        if (command := self._by_number.get(int(message["done"]))) is not None:
            command.finish(int(message["exit"]), notice)


def truncation_notice(dropped_bytes: int, limit_bytes: int) -> str:
    """What stands at the end of output that was cut."""
    return f"\n[output truncated: {dropped_bytes} bytes beyond the limit of {limit_bytes} bytes were dropped]\n"
