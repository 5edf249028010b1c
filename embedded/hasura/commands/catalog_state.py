"""What the CLI and the console want the engine to remember for them."""

from typing import Any, cast

from embedded.hasura.commands.work import SUCCESS, Answer, Body, Handler, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.parsing import wrong_type


async def _get(work: Work, body: Body) -> Answer:
    del body
    return await work.engine.store.catalog_state()


async def _set(work: Work, body: Body) -> Answer:
    arguments = body.arguments
    for key in ("type", "state"):
        if key not in arguments:
            raise EngineError("parse-failed", f"the key '{key}' was not present")
    who, state = arguments["type"], arguments["state"]
    if who not in {"cli", "console"}:
        message = "parsing CatalogStateType failed, expected one of the tags 'cli' or 'console'"
        raise EngineError("parse-failed", message, path="$.type")
    if not isinstance(state, dict):
        raise wrong_type("Object", "Object", state, "$.state")
    await work.engine.store.remember(who, cast("dict[str, Any]", state))
    return SUCCESS


COMMANDS: dict[str, Handler] = {"get_catalog_state": _get, "set_catalog_state": _set}
