"""Read a command, singly or in bulk, and run it on one piece of work."""

from typing import Any, cast

import asyncpg

from embedded.hasura.commands import (
    actions,
    catalog_state,
    data,
    many_tables,
    relationships,
    run_sql,
    sources,
    whole,
)
from embedded.hasura.commands.change import change
from embedded.hasura.commands.missing import MISSING, MISSING_ENDINGS
from embedded.hasura.commands.work import Answer, Body, Handler, Work
from embedded.hasura.engine import Engine
from embedded.hasura.errors import EngineError, unsupported
from embedded.hasura.metadata.changes import COMMANDS as CHANGES
from embedded.hasura.metadata.parsing import wrong_type
from embedded.hasura.store.store import conflict

# A bulk may hold bulks; nobody needs many of them inside each other.
_DEPTH_MAX = 5

_SPECIAL: dict[str, Handler] = {
    **whole.COMMANDS,
    **sources.COMMANDS,
    **many_tables.COMMANDS,
    **relationships.COMMANDS,
    **catalog_state.COMMANDS,
    **run_sql.COMMANDS,
    **data.COMMANDS,
    **actions.COMMANDS,
}

_READ_ONLY = {
    "export_metadata",
    "get_inconsistent_metadata",
    "dump_internal_state",
    "suggest_relationships",
    "test_webhook_transform",
    *catalog_state.COMMANDS,
    *sources.COMMANDS,
    *data.COMMANDS,
}

_VERSIONED = {"track_table", "track_function", "export_metadata", "replace_metadata"}

_KEYS = ("type", "args")

_BULKS = {"bulk", "concurrent_bulk", "bulk_keep_going", "bulk_atomic"}


async def answer(engine: Engine, written: object) -> Answer:
    """The answer to one posted command.

    Raises:
        EngineError: what is wrong with it; of metadata nothing has changed then.
    """
    body = _read(written)
    try:
        return await (_changing(engine, body) if _may_change(body) else _reading(engine, body))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # SQL that was posted is answered by its own command; what is left is the engine's own, on either database.
        raise EngineError("postgres-error", "database query error", internal=str(error)) from error


async def _reading(engine: Engine, body: Body) -> Answer:
    await engine.refresh()
    _check_version(engine, body)
    return await _run(Work(engine), body)


async def _changing(engine: Engine, body: Body) -> Answer:
    async with engine.changing() as connection:
        _check_version(engine, body)
        work = Work(engine)
        try:
            answered = await _run(work, body)
        except EngineError:
            if work.database_changed:
                # What SQL did before the error stays, and everyone must know of it.
                await engine.adopt(await engine.reread(engine.state.metadata), connection)
            raise
        if work.changed:
            await engine.adopt(work.state, connection)
        for step in work.afterwards:
            await step()
        return answered


def _read(written: object) -> Body:
    if not isinstance(written, dict):
        raise wrong_type("Object", "Object", written, "$")
    body = Body(cast("dict[str, Any]", written))
    for key in _KEYS:
        if key not in body:
            raise EngineError("parse-failed", f"the key '{key}' was not present")
    if body.kind in _VERSIONED and body.get("version", 1) not in {1, 2}:
        raise EngineError("parse-failed", f"expected 1 or 2, encountered {body['version']}", path="$.version")
    return body


def _check_version(engine: Engine, body: Body) -> None:
    referenced = body.get("resource_version")
    if referenced is not None and referenced != engine.resource_version:
        raise conflict(referenced)


def _may_change(body: Body, depth: int = 0) -> bool:
    if body.kind in _BULKS:
        steps = cast("list[Any]", body["args"] if isinstance(body["args"], list) else [])
        # What is no command changes nothing, and is refused when its turn comes.
        read = [Body(cast("dict[str, Any]", step)) for step in steps if isinstance(step, dict)]
        return depth < _DEPTH_MAX and any(_may_change(step, depth + 1) for step in read if _is_whole(step))
    return body.kind not in _READ_ONLY and not run_sql.leaves_structure_alone(body)


def _is_whole(body: Body) -> bool:
    return all(key in body for key in _KEYS)


async def _run(work: Work, body: Body, depth: int = 0) -> Answer:
    if body.kind in _BULKS:
        return await _bulk(work, body, depth)
    if body.kind in _SPECIAL:
        return await _SPECIAL[body.kind](work, body)
    if body.kind in CHANGES:
        return await change(work, body)
    if body.kind in MISSING or body.kind.endswith(MISSING_ENDINGS):
        raise unsupported(f"the command {body['type']}")
    prefix = str(body["type"]).split("_", maxsplit=1)[0]
    message = f'unknown metadata command "{body["type"]}"; "{prefix}" was not recognized as a valid backend name'
    raise EngineError("parse-failed", message)


async def _bulk(work: Work, body: Body, depth: int) -> list[Answer]:
    """All answers in order; the first error ends a bulk, unless it is told to keep going."""
    if not isinstance(body["args"], list):
        raise wrong_type("[]", "Array", body["args"], "$")
    if depth == _DEPTH_MAX:
        raise EngineError("bad-request", f"bulks may be nested at most {_DEPTH_MAX} deep")
    answers: list[Answer] = []
    for i, step in enumerate(cast("list[Any]", body["args"])):
        try:
            answers.append(await _run(work, _read(step), depth + 1))
        except EngineError as error:
            error.path = f"$.args[{i}]" + error.path.removeprefix("$")
            if body.kind != "bulk_keep_going":
                raise
            answers.append(error.as_api())
    return answers
