"""Single commands."""

import asyncio
import shlex
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from embedded.daytona.agent.wire import DATA, JsonObject
from embedded.daytona.api.creation import checked_env
from embedded.daytona.launch.bubblewrap import HOME
from embedded.daytona.refusals import bad_request, daemon, unavailable, unsupported
from embedded.daytona.requests import body_of, optional, text, text_list, texts, while_connected
from embedded.daytona.sandbox.connection import checked
from embedded.daytona.sandbox.running import Running
from embedded.daytona.sandbox.session import truncation_notice
from embedded.daytona.toolbox.target import running

# What the agent may take beyond a command's time limit to end its tree.
_GRACE_S = 10.0
_KILLED = 137


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    exit_code: int
    output: str


async def execute(request: Request) -> JSONResponse:
    """The exit code and the merged output of a shell command."""
    sandbox = running(request)
    body = await body_of(request)
    command = text(body, "command")
    if not command.strip():
        raise bad_request("command is blank")
    outcome = await while_connected(request, _run(sandbox, _operation(body, command)))
    return JSONResponse({"exitCode": outcome.exit_code, "result": outcome.output})


async def run_code(request: Request) -> JSONResponse:
    """The exit code and the merged output of a piece of Python."""
    sandbox = running(request)
    body = await body_of(request)
    if (language := optional(body, "language", str) or "python") != "python":
        raise unsupported(f"running {language} code")
    arguments = " ".join(shlex.quote(argument) for argument in text_list(body, "argv"))
    command = f"exec python3 -c {shlex.quote(text(body, 'code'))} {arguments}"
    outcome = await while_connected(request, _run(sandbox, _operation(body, command)))
    return JSONResponse({"exitCode": outcome.exit_code, "result": outcome.output, "artifacts": {"charts": []}})


def _operation(body: JsonObject, command: str) -> JsonObject:
    timeout_s = optional(body, "timeout", int)
    if timeout_s is not None and timeout_s < 0:
        raise bad_request("timeout is negative")
    if "\0" in command:
        raise bad_request("command contains a null character")
    return {
        "op": "execute",
        "command": command,
        "cwd": optional(body, "cwd", str) or HOME,
        "env": checked_env(texts(body, "envs")),
        "timeout_s": timeout_s or None,
    }


async def _run(sandbox: Running, operation: JsonObject) -> Outcome:
    timeout_s: int | None = operation["timeout_s"]
    try:
        async with asyncio.timeout(None if timeout_s is None else timeout_s + _GRACE_S):
            return await _collect(sandbox, operation)
    except TimeoutError as error:
        sandbox.kill()
        raise unavailable("the command outlived its time limit, so its sandbox was ended") from error


async def _collect(sandbox: Running, operation: JsonObject) -> Outcome:
    kills_before, memory_kills_before = sandbox.kills, sandbox.groups.memory_kills()
    output = bytearray()
    async with sandbox.operation() as opened:
        await opened.send_json(operation)
        while (frame := await opened.receive()).kind == DATA:
            # The agent keeps to the limit; one that was taken over does not.
            output += frame.payload[: sandbox.output_bytes - len(output)]
        ending = checked(frame)
    if ending.get("ended") == "timeout":
        raise daemon(408, "PROCESS_EXECUTION_TIMEOUT", f"the command ran longer than {operation['timeout_s']} s")
    exit_code, dropped_bytes = int(ending["exit"]), int(ending["dropped"])
    shown = output.decode("utf-8", "replace")
    if dropped_bytes:
        shown += truncation_notice(dropped_bytes, sandbox.output_bytes)
    if sandbox.kills > kills_before:
        shown += f"\n[killed: {sandbox.kill_reason}]\n"
    elif exit_code == _KILLED and sandbox.groups.memory_kills() > memory_kills_before:
        shown += "\n[killed: the sandbox's memory limit was exceeded]\n"
    return Outcome(exit_code, shown)


ROUTES = [
    Route("/process/execute", execute, methods=["POST"]),
    Route("/process/code-run", run_code, methods=["POST"]),
]
