"""`docs/actions.md`: every action, who may call it, what it takes, tells, ties and refuses."""

from pathlib import Path
from typing import Any

from codegen import json_schemas
from codegen.pages.markdown import code, listed, page, table
from contracts.base import EDGE_REFUSALS, Action
from contracts.proposals import PROPOSAL_KINDS
from contracts.registry import ACTIONS
from contracts.vocabulary import Role

OWNS = ("docs/actions.md",)
_INTRODUCTION = f"""# Actions

Actions are the only mutations. The platform's administrator ({code(Action.PLATFORM)}) may call every one and names the
organization by `x-hasura-org-id`; others may call where the table says *yes*, by their role in the ledger, whatever
their token says. Every action may also refuse with {listed(one.value for one in EDGE_REFUSALS)}
([errors.md](errors.md))."""
_INPUT = """A field's limits are those of its contract; the JSON Schema of each input says the same for programs."""
# What a JSON Schema calls a limit, and what people call it.
_LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "as `{}`",
}
_ENOUGH = {"mutation": "none; recording is all", "query": "none; it reads"}
_TYPES = {"string": "text", "integer": "whole number", "boolean": "yes or no", "object": "object"}


def files(_tree: Path) -> dict[str, str]:
    """The page."""
    actions = sorted(ACTIONS.values(), key=lambda action: action.name)
    head = ("action", "kind", "operation", *(role.value for role in Role), "workflow")
    text = page(_INTRODUCTION, table(head, map(_row, actions)), _INPUT, *(_section(action) for action in actions))
    return {OWNS[0]: text}


def _row(action: Action) -> tuple[str, ...]:
    permissions = ("yes" if role in action.roles else "no" for role in Role)
    name = f"[{action.name}](#{action.name})"
    return name, code(action.kind), action.operation, *permissions, listed(filter(None, [action.workflow]))


def _section(action: Action) -> str:
    schema = json_schemas.of(action.takes, "validation")
    edges = (f"{start} {how} {end}" for start, how, end in action.lineage)
    facts = [
        f"- Workflow: {listed(filter(None, [action.workflow]), nothing=_ENOUGH[action.operation])}.",
        f"- Tells: {listed((event.__name__ for event in action.events), nothing='nothing')}.",
        f"- Ties: {listed(edges, nothing='nothing')}.",
        f"- Refuses with: {listed((one.value for one in action.refusals), nothing='nothing of its own')}.",
        f"- Answers: {code(action.answers.__name__)}.",
    ]
    path = f"../{json_schemas.FOLDER}actions/{action.name}.json"
    fields = table(("field", "type", "needed", "limits", "meaning"), _fields(schema, schema.get("$defs", {})))
    return "\n\n".join([f"## {action.name}", action.says, "\n".join(facts), f"[Input]({path}):", fields])


def _fields(schema: dict[str, Any], named: dict[str, Any]) -> list[tuple[str, ...]]:
    required = schema.get("required", [])
    return [
        (
            code(name),
            _type(member, named),
            "yes" if name in required else "no",
            _limits(member),
            member.get("description", ""),
        )
        for name, member in schema.get("properties", {}).items()
    ]


def _type(member: dict[str, Any], named: dict[str, Any]) -> str:
    if "$ref" in member:
        name = member["$ref"].rpartition("/")[2]
        if "enum" in named[name]:
            return _type(named[name], named)
        kind = next((kind.value for kind, held in PROPOSAL_KINDS.items() if held.__name__ == name), None)
        place = f"proposals/{kind}" if kind else f"contracts/{name}"
        return f"[{name}](../{json_schemas.FOLDER}{place}.json)"
    if "anyOf" in member:
        return " or ".join(_type(one, named) for one in member["anyOf"] if one.get("type") != "null")
    if "enum" in member:
        return " or ".join(code(value) for value in member["enum"])
    if member.get("type") == "array":
        return f"list of {_type(member['items'], named)}"
    return code(member["format"]) if "format" in member else _TYPES[member["type"]]


def _limits(member: dict[str, Any]) -> str:
    said = [words.format(member[name]) for name, words in _LIMITS.items() if name in member]
    said = ["not empty" if words == "at least 1 characters" else words for words in said]
    if member.get("default") is not None and not isinstance(member["default"], dict):
        said.append(f"otherwise {code(member['default'])}")
    return "; ".join([*said, *(filter(None, (_limits(one) for one in member.get("anyOf", []))))])
