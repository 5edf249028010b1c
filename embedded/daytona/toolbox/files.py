"""Files and folders; everything is done by the agent, in the sandbox's own view."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.daytona.agent.wire import JsonObject
from embedded.daytona.launch.bubblewrap import HOME
from embedded.daytona.refusals import bad_request, daemon
from embedded.daytona.requests import body_of, query, text, text_list, while_connected, whole_number
from embedded.daytona.toolbox.target import running


async def _ask(request: Request, operation: JsonObject) -> JsonObject:
    for name, value in operation.items():
        if isinstance(value, str) and "\0" in value:
            raise daemon(400, "INVALID_FILE_PATH", f"{name} contains a null character")
    return await while_connected(request, running(request).ask(operation))


async def show_list(request: Request) -> JSONResponse:
    """The entries of a folder."""
    depth = whole_number(request.query_params.get("depth", "1"), "depth")
    if depth < 1:
        raise bad_request("depth must be at least 1")
    path = request.query_params.get("path") or HOME
    return JSONResponse((await _ask(request, {"op": "list", "path": path, "depth": depth}))["files"])


async def show_info(request: Request) -> JSONResponse:
    """One file or folder."""
    return JSONResponse((await _ask(request, {"op": "info", "path": query(request, "path")}))["file"])


async def create_folder(request: Request) -> Response:
    """Nothing; the folder exists."""
    mode = request.query_params.get("mode", "")
    await _ask(request, {"op": "folder", "path": query(request, "path"), "mode": mode})
    return Response(status_code=201)


async def delete(request: Request) -> Response:
    """Nothing; the path is gone."""
    recursive = request.query_params.get("recursive", "").lower() == "true"
    await _ask(request, {"op": "delete", "path": query(request, "path"), "recursive": recursive})
    return Response(status_code=204)


async def move(request: Request) -> Response:
    """Nothing; the source is at the destination."""
    source, destination = query(request, "source"), query(request, "destination")
    await _ask(request, {"op": "move", "source": source, "destination": destination})
    return Response(status_code=200)


async def set_permissions(request: Request) -> Response:
    """Nothing; mode, owner and group are as asked."""
    asked = {name: request.query_params.get(name, "") for name in ("mode", "owner", "group")}
    await _ask(request, {"op": "permissions", "path": query(request, "path"), **asked})
    return Response(status_code=200)


async def search(request: Request) -> JSONResponse:
    """Paths whose last part matches a pattern."""
    operation = {"op": "search", "path": query(request, "path"), "pattern": query(request, "pattern")}
    return JSONResponse({"files": (await _ask(request, operation))["files"]})


async def find(request: Request) -> JSONResponse:
    """Lines that contain a text."""
    operation = {"op": "find", "path": query(request, "path"), "pattern": query(request, "pattern")}
    return JSONResponse((await _ask(request, operation))["matches"])


async def replace(request: Request) -> JSONResponse:
    """Per file whether a text was replaced."""
    body = await body_of(request)
    pattern = text(body, "pattern")
    if not pattern:
        raise bad_request("pattern is empty")
    operation = {"op": "replace", "files": text_list(body, "files"), "pattern": pattern}
    return JSONResponse((await _ask(request, {**operation, "newValue": text(body, "newValue")}))["results"])


async def show_home(request: Request) -> JSONResponse:
    """The home, which is also where relative paths begin."""
    running(request)
    return JSONResponse({"dir": HOME})


ROUTES = [
    Route("/files", show_list, methods=["GET"]),
    Route("/files", delete, methods=["DELETE"]),
    Route("/files/info", show_info, methods=["GET"]),
    Route("/files/folder", create_folder, methods=["POST"]),
    Route("/files/move", move, methods=["POST"]),
    Route("/files/permissions", set_permissions, methods=["POST"]),
    Route("/files/search", search, methods=["GET"]),
    Route("/files/find", find, methods=["GET"]),
    Route("/files/replace", replace, methods=["POST"]),
    Route("/work-dir", show_home, methods=["GET"]),
    Route("/user-home-dir", show_home, methods=["GET"]),
]
