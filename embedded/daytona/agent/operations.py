"""Every operation by its name, and what happens around each: parse, run, report a failure."""

from collections.abc import Callable

from embedded.daytona.agent import execute, failures, files, processes, search, session, transfer
from embedded.daytona.agent.configuration import Configuration
from embedded.daytona.agent.failures import Failed
from embedded.daytona.agent.wire import Channel, JsonObject

Answering = Callable[[JsonObject, Configuration], JsonObject]
Streaming = Callable[[Channel, JsonObject, Configuration], None]

# One request, one reply.
ANSWERING: dict[str, Answering] = {
    "list": files.list_folder,
    "info": files.info,
    "folder": files.create_folder,
    "delete": files.delete,
    "move": files.move,
    "permissions": files.set_permissions,
    "search": search.by_name,
    "find": search.by_content,
    "replace": search.replace,
    "terminate": processes.terminate_all,
}

# These use the channel themselves.
STREAMING: dict[str, Streaming] = {
    "execute": execute.run,
    "session": session.run,
    "read": transfer.read,
    "write": transfer.write,
}


def handle(channel: Channel, config: Configuration) -> None:
    """Carry out the one operation that `channel` asks for."""
    frame = channel.receive()
    if frame is None:
        return
    request = frame.json()
    try:
        _dispatch(channel, request, config)
    except Failed as failure:
        channel.send_json(failures.reply(failure))
    except (BrokenPipeError, ConnectionResetError):
        return
    except OSError as error:
        channel.send_json(failures.reply(failures.of_os_error(error)))
    except Exception as error:  # noqa: BLE001  - the handler's last act is to say what went wrong
        channel.send_json(failures.reply(Failed(500, "AGENT_ERROR", f"{type(error).__name__}: {error}")))


def _dispatch(channel: Channel, request: JsonObject, config: Configuration) -> None:
    name = request["op"]
    if name in ANSWERING:
        channel.send_json(ANSWERING[name](request, config))
    else:
        STREAMING[name](channel, request, config)
