"""Commands about the metadata as a whole."""

from typing import Any, cast

from embedded.hasura.commands.work import SUCCESS, Answer, Body, Handler, Work
from embedded.hasura.engine import State
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.export import exported
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.parsing import wrong_type
from embedded.hasura.metadata.tree import Metadata, with_default_source
from embedded.hasura.schema.dependents import without

_SECOND = 2


async def _export(work: Work, body: Body) -> Answer:
    metadata = exported(work.state.metadata)
    if body.get("version") == _SECOND:
        return {"resource_version": work.engine.resource_version, "metadata": metadata}
    return metadata


async def _replace(work: Work, body: Body) -> Answer:
    arguments = body.arguments
    second = "metadata" in arguments
    written = arguments["metadata"] if second else arguments
    if not isinstance(written, dict):
        raise wrong_type("Metadata", "Object", written, "$.metadata")
    metadata = _upgraded(cast("dict[str, Any]", written), work.state.metadata)
    if "sources" not in written:
        metadata = with_default_source(metadata)
    state = await work.considered(metadata)
    if not (second and arguments.get("allow_inconsistent_metadata")):
        _refuse_inconsistent(state)
    work.take(state)
    return _consistency(state) if second else SUCCESS


def _upgraded(written: dict[str, Any], current: Metadata) -> Metadata:
    """The metadata that was written, perhaps in the form that knew only one source and left it unnamed."""
    if "sources" in written or not {"tables", "functions"} & written.keys():
        return parse_metadata(written)
    given = {key: value for key, value in written.items() if key != "version"}
    listed: list[Any] = given.pop("functions", None) or []
    functions = [item if "function" in item else {"function": item} for item in listed]
    source: dict[str, Any] = {"name": "default", "tables": given.pop("tables", None) or [], "functions": functions}
    default = current.source()
    if default is not None:
        source |= {"kind": default.kind, "configuration": default.configuration}
    return parse_metadata({**given, "version": 3, "sources": [source]})


def _refuse_inconsistent(state: State) -> None:
    wrong = [item.as_json() for item in state.tracked.inconsistent]
    if wrong:
        message = "cannot continue due to inconsistent metadata"
        raise EngineError("unexpected", message, path="$.args", status=400, internal=wrong)


async def _clear(work: Work, body: Body) -> Answer:
    del body
    work.take(await work.considered(_cleared(work.state.metadata)))
    return SUCCESS


def _cleared(metadata: Metadata) -> Metadata:
    """Nothing but the default source with its connection."""
    default = metadata.source()
    if default is None:
        return Metadata()
    kept = default.model_copy(update={"tables": [], "functions": []})
    return Metadata(sources=[kept])


async def _reload(work: Work, body: Body) -> Answer:
    del body
    work.take(await work.considered(work.state.metadata))
    return {**SUCCESS, **_consistency(work.state)}


async def _inconsistent(work: Work, body: Body) -> Answer:
    del body
    return _consistency(work.state)


async def _drop_inconsistent(work: Work, body: Body) -> Answer:
    """Remove what is inconsistent, and what then lacks what was removed."""
    del body
    state = work.state
    while state.tracked.inconsistent:
        smaller = without(state.metadata, state.tracked.inconsistent)
        if smaller == state.metadata:
            break
        state = await work.considered(smaller)
    work.take(state)
    return SUCCESS


async def _dump(work: Work, body: Body) -> Answer:
    """What the engine made of metadata and database, for a look inside; its form is nobody's contract."""
    del body
    tracked = work.state.tracked
    return {
        "resource_version": work.engine.resource_version,
        "tables": [name.display for name in tracked.tables],
        "actions": sorted(tracked.actions),
        "inconsistent_objects": [item.as_json() for item in tracked.inconsistent],
        "metadata": exported(work.state.metadata),
    }


def _consistency(state: State) -> dict[str, Any]:
    wrong = [item.as_json() for item in state.tracked.inconsistent]
    return {"is_consistent": not wrong, "inconsistent_objects": wrong}


COMMANDS: dict[str, Handler] = {
    "export_metadata": _export,
    "replace_metadata": _replace,
    "clear_metadata": _clear,
    "reload_metadata": _reload,
    "get_inconsistent_metadata": _inconsistent,
    "drop_inconsistent_metadata": _drop_inconsistent,
    "dump_internal_state": _dump,
}
