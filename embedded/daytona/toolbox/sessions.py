"""Sessions: long-living shells whose commands have logs that can be followed."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from embedded.daytona.refusals import Refusal, bad_request
from embedded.daytona.requests import body_of, optional, text, while_connected
from embedded.daytona.sandbox.session import Command, Session
from embedded.daytona.sandbox.spool import ERRORS, OUTPUT
from embedded.daytona.toolbox.target import running

# A marker precedes the bytes of each stream; the SDK takes the streams apart by them.
_MARKERS = {OUTPUT: b"\x01\x01\x01", ERRORS: b"\x02\x02\x02"}


def _session(request: Request) -> Session:
    return running(request).session(request.path_params["session"])


def _command(request: Request) -> Command:
    return _session(request).command(request.path_params["command"])


def _describe_command(command: Command) -> dict[str, Any]:
    described: dict[str, Any] = {"id": command.id, "command": command.text}
    return described if command.exit_code is None else {**described, "exitCode": command.exit_code}


def _describe(session: Session) -> dict[str, Any]:
    commands = [_describe_command(command) for command in session.commands.values()]
    return {"sessionId": session.id, "commands": commands}


async def create(request: Request) -> Response:
    """Nothing; the shell runs."""
    sandbox = running(request)
    session_id = text(await body_of(request), "sessionId")
    if not session_id or "/" in session_id:
        raise bad_request("sessionId must be a name without a slash")
    await sandbox.open_session(session_id)
    return Response(status_code=201)


async def show_list(request: Request) -> JSONResponse:
    """Every session of the sandbox."""
    return JSONResponse([_describe(session) for session in running(request).sessions.values()])


async def show(request: Request) -> JSONResponse:
    """One session."""
    return JSONResponse(_describe(_session(request)))


async def delete(request: Request) -> Response:
    """Nothing; the shell and everything it started end."""
    sandbox, session = running(request), _session(request)
    sandbox.sessions.pop(session.id, None)
    session.close()
    return Response(status_code=204)


async def execute(request: Request) -> JSONResponse:
    """A command's id at once, or also how it ended."""
    session = _session(request)
    body = await body_of(request)
    command_text = text(body, "command")
    if not command_text.strip() or "\0" in command_text:
        raise bad_request("command is blank or contains a null character")
    in_background = bool(optional(body, "runAsync", bool) or optional(body, "async", bool))
    suppress_echo = bool(optional(body, "suppressInputEcho", bool))
    command = await session.run(command_text, interactive=in_background, suppress_echo=suppress_echo)
    if in_background:
        return JSONResponse({"cmdId": command.id}, status_code=202)
    await while_connected(request, command.finished.wait())
    return JSONResponse({"cmdId": command.id, "exitCode": command.exit_code, **_logs(command)})


def _logs(command: Command) -> dict[str, str]:
    spool = command.spool
    return {"output": spool.text(OUTPUT, ERRORS), "stdout": spool.text(OUTPUT), "stderr": spool.text(ERRORS)}


async def show_command(request: Request) -> JSONResponse:
    """One command; without an exit code while it runs."""
    return JSONResponse(_describe_command(_command(request)))


async def show_logs(request: Request) -> JSONResponse:
    """What a command wrote so far."""
    return JSONResponse(_logs(_command(request)))


async def send_input(request: Request) -> Response:
    """Nothing; the running command has a line to read."""
    session = _session(request)
    await session.send_input(request.path_params["command"], text(await body_of(request), "data"))
    return Response(status_code=204)


async def follow_logs(socket: WebSocket) -> None:
    """What a command writes, from its beginning until it ends."""
    try:
        session = running(socket).session(socket.path_params["session"])
        command = session.command(socket.path_params["command"])
    except Refusal:
        await socket.close()
        return
    await socket.accept()
    sending, leaving = asyncio.create_task(_send_log(socket, command)), asyncio.create_task(_left(socket))
    await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
    for task in (sending, leaving):
        task.cancel()
    await asyncio.gather(sending, leaving, return_exceptions=True)


async def _send_log(socket: WebSocket, command: Command) -> None:
    async for piece in command.spool.follow():
        await socket.send_bytes(_MARKERS[piece.stream] + piece.content)
    await socket.close()


async def _left(socket: WebSocket) -> None:
    """Return when the client hangs up; nothing that it says matters."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


_SESSIONS = "/process/session"
_ONE = f"{_SESSIONS}/{{session}}"
_COMMAND = f"{_ONE}/command/{{command}}"

ROUTES = [
    Route(_SESSIONS, create, methods=["POST"]),
    Route(_SESSIONS, show_list, methods=["GET"]),
    Route(_ONE, show, methods=["GET"]),
    Route(_ONE, delete, methods=["DELETE"]),
    Route(f"{_ONE}/exec", execute, methods=["POST"]),
    Route(_COMMAND, show_command, methods=["GET"]),
    Route(f"{_COMMAND}/logs", show_logs, methods=["GET"]),
    WebSocketRoute(f"{_COMMAND}/logs", follow_logs),
    Route(f"{_COMMAND}/input", send_input, methods=["POST"]),
]
