"""Commands of /v1/metadata, /v1/query and /v2/query, singly and in bulk."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from embedded.hasura.api.sql_commands import insert_rows, run_sql
from embedded.hasura.engine import Engine, State, empty_metadata, with_default_source
from embedded.hasura.errors import EngineError, unsupported
from embedded.hasura.metadata.changes import COMMANDS
from embedded.hasura.metadata.changes.change import Arguments
from embedded.hasura.metadata.changes.tables import forget_relationships_to
from embedded.hasura.metadata.export import exported
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.names import qualified
from embedded.hasura.metadata.tree import Metadata
from embedded.hasura.schema.tracked import InconsistentObject

_SUCCESS = {"message": "success"}

Answer = Any
Special = Callable[[Engine, dict[str, Any]], Awaitable[Answer]]


async def command(engine: Engine, written: object) -> Answer:
    """The answer of one command object `{type, args}`.

    Raises:
        EngineError: what is wrong with it; nothing has changed then.
    """
    if not isinstance(written, dict) or "type" not in written:
        raise EngineError("parse-failed", "the key 'type' was not present")
    body = cast("dict[str, Any]", written)
    kind = str(body["type"]).removeprefix("pg_").removeprefix("postgres_")
    referenced = body.get("resource_version")
    if referenced is not None and referenced != engine.resource_version:
        message = f"metadata resource version referenced ({referenced}) did not match current version"
        raise EngineError("conflict", message)
    if kind in _SPECIAL:
        return await _SPECIAL[kind](engine, body)
    if kind in COMMANDS:
        return await _change(engine, kind, body.get("args", {}))
    raise unsupported(f"the command {body['type']}")


async def _change(engine: Engine, kind: str, arguments: object) -> Answer:
    metadata = engine.state.metadata.model_copy(deep=True)
    given = cast("Arguments", arguments) if isinstance(arguments, dict) else {"table": arguments, "function": arguments}
    COMMANDS[kind](metadata, given)
    state = await engine.considered(metadata)
    _refuse_worse(engine.state, state)
    engine.replace(state)
    return _SUCCESS


def _refuse_worse(before: State, after: State) -> None:
    """Refuse a change that makes something inconsistent that was not so before."""
    known = {(item.kind, item.name) for item in before.tracked.inconsistent}
    for item in after.tracked.inconsistent:
        if (item.kind, item.name) not in known:
            raise EngineError(_code_of(item), item.reason, path="$.args", internal=[item.as_json()])


def _code_of(item: InconsistentObject) -> str:
    if "not supported by the embedded engine" in item.reason:
        return "not-supported"
    return "not-exists" if item.kind == "table" else "invalid-configuration"


async def _bulk(engine: Engine, body: dict[str, Any]) -> Answer:
    """All commands in order; the first error stops the rest, what was done stays done."""
    answers: list[Answer] = []
    for i, step in enumerate(cast("list[Any]", body.get("args") or [])):
        try:
            answers.append(await command(engine, step))
        except EngineError as error:
            error.path = f"$.args[{i}]" + error.path.removeprefix("$")
            raise
    return answers


async def _export(engine: Engine, body: dict[str, Any]) -> Answer:
    metadata = exported(engine.state.metadata)
    if body.get("version") == 2:  # noqa: PLR2004  - the command's version
        return {"resource_version": engine.resource_version, "metadata": metadata}
    return metadata


async def _replace(engine: Engine, body: dict[str, Any]) -> Answer:
    arguments = cast("dict[str, Any]", body.get("args") or {})
    second = "metadata" in arguments
    metadata = parse_metadata(arguments["metadata"] if second else arguments)
    state = await engine.reread(metadata if metadata.sources else with_default_source(metadata))
    wrong = [item.as_json() for item in state.tracked.inconsistent]
    if wrong and not (second and arguments.get("allow_inconsistent_metadata")):
        message = "cannot continue due to inconsistent metadata"
        raise EngineError("unexpected", message, path="$.args", status=400, internal=wrong)
    engine.replace(state)
    return {"is_consistent": not wrong, "inconsistent_objects": wrong} if second else _SUCCESS


async def _clear(engine: Engine, body: dict[str, Any]) -> Answer:
    del body
    engine.replace(await engine.reread(empty_metadata()))
    return _SUCCESS


async def _reload(engine: Engine, body: dict[str, Any]) -> Answer:
    del body
    engine.replace(await engine.reread(engine.state.metadata))
    return {**_SUCCESS, **_consistency(engine)}


async def _inconsistent(engine: Engine, body: dict[str, Any]) -> Answer:
    del body
    return _consistency(engine)


def _consistency(engine: Engine) -> dict[str, Any]:
    wrong = [item.as_json() for item in engine.state.tracked.inconsistent]
    return {"is_consistent": not wrong, "inconsistent_objects": wrong}


async def _run_sql(engine: Engine, body: dict[str, Any]) -> Answer:
    arguments = cast("dict[str, Any]", body.get("args") or {})
    answer = await run_sql(engine.database, arguments)
    if answer.may_change_structure:
        before = engine.state
        after = await engine.reread(engine.state.metadata)
        gone = [name for name in before.tracked.tables if name not in after.catalogue.relations]
        engine.replace(await engine.reread(_without(after.metadata, gone)) if gone else after)
    return answer.body


def _without(metadata: Metadata, gone: list[Any]) -> Metadata:
    kept = metadata.model_copy(deep=True)
    for source in kept.sources:
        source.tables[:] = [table for table in source.tables if table.table not in gone]
        for name in gone:
            forget_relationships_to(source, qualified(name))
    return kept


async def _insert(engine: Engine, body: dict[str, Any]) -> Answer:
    return await insert_rows(engine.database, cast("dict[str, Any]", body.get("args") or {}))


_SPECIAL: dict[str, Special] = {
    "bulk": _bulk,
    "export_metadata": _export,
    "replace_metadata": _replace,
    "clear_metadata": _clear,
    "reload_metadata": _reload,
    "get_inconsistent_metadata": _inconsistent,
    "run_sql": _run_sql,
    "insert": _insert,
}
