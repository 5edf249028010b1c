"""Track or untrack several tables, as many of them as can be."""

from typing import Any, cast

from embedded.hasura.commands.change import change
from embedded.hasura.commands.work import SUCCESS, Answer, Body, Handler, Work
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import name_in, truth_in
from embedded.hasura.metadata.labels import table_label
from embedded.hasura.metadata.parsing import wrong_type


def _each(kind: str, verb: str) -> Handler:
    """A command that does `kind` for every table it is given."""

    async def run(work: Work, body: Body) -> Answer:
        arguments = body.arguments
        if "tables" not in arguments:
            raise EngineError("parse-failed", "the key 'tables' was not present")
        if not isinstance(arguments["tables"], list):
            raise wrong_type("[]", "Array", arguments["tables"], "$.tables")
        tables = cast("list[Any]", arguments["tables"])
        warnings = [warning for table in tables if (warning := await _try(work, kind, table)) is not None]
        if not warnings:
            return SUCCESS
        if len(warnings) == len(tables):
            message = f"all tables failed to be {verb}"
            raise EngineError("invalid-configuration", message, path="$.args", internal=warnings)
        if not truth_in(arguments, "allow_warnings", default=True):
            message = "failed due to metadata warnings"
            raise EngineError("metadata-warnings", message, path="$.args", internal=warnings)
        return {**SUCCESS, "warnings": warnings}

    return run


async def _try(work: Work, kind: str, table: Any) -> dict[str, Any] | None:
    """What came in the way, None if nothing did."""
    arguments = cast("dict[str, Any]", table) if isinstance(table, dict) else {"table": table}
    name = table_label(name_in(arguments), str(arguments.get("source") or "default"))
    try:
        await change(work, Body({"type": kind, "args": arguments}))
    except EngineError as error:
        code = f"{kind.replace('_', '-')}-failed"
        return {"code": code, "message": f"in {name}: {error.message}", "name": name, "type": "table"}
    return None


COMMANDS: dict[str, Handler] = {
    "track_tables": _each("track_table", "tracked"),
    "untrack_tables": _each("untrack_table", "untracked"),
}
