"""The routes of the control plane. Transitions are finished before they are answered, so that clients need not poll."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.daytona.api import creation, listing, shapes
from embedded.daytona.refusals import bad_request, unsupported
from embedded.daytona.requests import body_of, texts, whole_number
from embedded.daytona.sandbox.record import State
from embedded.daytona.sandbox.registry import Registry, Sandbox


def _registry(request: Request) -> Registry:
    return request.app.state.registry


def _found(request: Request) -> Sandbox:
    return _registry(request).find(request.path_params["sandbox"])


def _toolbox_url(request: Request) -> str:
    return str(request.base_url).rstrip("/") + "/toolbox"


def _answer(request: Request, sandbox: Sandbox) -> JSONResponse:
    return JSONResponse(shapes.full(sandbox.record, _toolbox_url(request)))


async def create(request: Request) -> JSONResponse:
    """A new sandbox, started."""
    registry = _registry(request)
    record = creation.record_from(
        await body_of(request),
        limits=registry.settings.limits,
        host=registry.host,
        taken_uids={sandbox.record.uid for sandbox in registry.sandboxes.values()},
    )
    return _answer(request, await registry.create(record))


async def show_list(request: Request) -> JSONResponse:
    """One page of sandboxes."""
    page = listing.parse(request.query_params)
    records = [sandbox.record for sandbox in _registry(request).sandboxes.values()]
    shown, following = listing.select(records, page)
    items = [shapes.item(record, _toolbox_url(request)) for record in shown]
    return JSONResponse({"items": items, "nextCursor": following})


async def show(request: Request) -> JSONResponse:
    """One sandbox."""
    return _answer(request, _found(request))


async def start(request: Request) -> JSONResponse:
    """The sandbox, started."""
    sandbox = _found(request)
    await _registry(request).start(sandbox)
    return _answer(request, sandbox)


async def stop(request: Request) -> JSONResponse:
    """The sandbox, stopped, or destroyed where that was to follow; one that is stopped is not stopped again."""
    sandbox = _found(request)
    if sandbox.record.state is State.STOPPED:
        raise bad_request("Sandbox is not started")
    await _registry(request).stop(sandbox, force=request.query_params.get("force") == "true")
    return _answer(request, sandbox)


async def delete(request: Request) -> JSONResponse:
    """The sandbox, destroyed."""
    sandbox = _found(request)
    await _registry(request).delete(sandbox)
    return _answer(request, sandbox)


async def set_labels(request: Request) -> JSONResponse:
    """The labels, replaced as a whole."""
    sandbox = _found(request)
    sandbox.record.labels = creation.checked_labels(texts(await body_of(request), "labels"))
    sandbox.record.save(sandbox.folder)
    return JSONResponse({"labels": sandbox.record.labels})


async def refresh_activity(request: Request) -> Response:
    """Nothing; the auto-stop interval begins anew."""
    _found(request).record.touch()
    return Response(status_code=201)


async def set_interval(request: Request) -> JSONResponse:
    """The sandbox with another auto-stop, auto-archive or auto-delete interval."""
    sandbox = _found(request)
    minutes = whole_number(request.path_params["minutes"], "the interval")
    which = request.path_params["which"]
    if which not in _INTERVALS:
        raise unsupported(request.url.path)
    if minutes < (-1 if which == "autodelete" else 0):
        raise bad_request("the interval is negative")
    setattr(sandbox.record, _INTERVALS[which], minutes)
    sandbox.record.save(sandbox.folder)
    return _answer(request, sandbox)


async def show_toolbox_url(request: Request) -> JSONResponse:
    """Where the sandbox's toolbox is."""
    _found(request)
    return JSONResponse({"url": _toolbox_url(request)})


_ONE = "/sandbox/{sandbox}"
_INTERVALS = {
    "autostop": "auto_stop_minutes",
    "autoarchive": "auto_archive_minutes",
    "autodelete": "auto_delete_minutes",
}

ROUTES = [
    Route("/sandbox", create, methods=["POST"]),
    Route("/sandbox", show_list, methods=["GET"]),
    Route(_ONE, show, methods=["GET"]),
    Route(_ONE, delete, methods=["DELETE"]),
    Route(f"{_ONE}/start", start, methods=["POST"]),
    Route(f"{_ONE}/stop", stop, methods=["POST"]),
    Route(f"{_ONE}/labels", set_labels, methods=["PUT"]),
    Route(f"{_ONE}/last-activity", refresh_activity, methods=["POST"]),
    Route(f"{_ONE}/toolbox-proxy-url", show_toolbox_url, methods=["GET"]),
    Route(f"{_ONE}/{{which}}/{{minutes}}", set_interval, methods=["POST"]),
]
