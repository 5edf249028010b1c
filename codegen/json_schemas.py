"""`codegen/json_schemas/<family>/<name>.json`: JSON Schemas (2020-12) of everything that the contracts name.

A schema says what a contract says of each field by itself; what a contract asks of several fields together stands in
its description only.
"""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

import contracts
from contracts.base import Action, Contract, EventData, Mutation
from contracts.harness_lines import HARNESS_LINES, HarnessLine
from contracts.proposals import APPLY_KIND, PROPOSAL_KINDS, ApplyProposal
from contracts.registry import ACTIONS, EVENTS

FOLDER = "codegen/json_schemas/"
OWNS = (FOLDER,)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://fractalops.dev/schemas/"

Schema = dict[str, Any]
_BASES = (Contract, Mutation, EventData, Action)


class _Generator(GenerateJsonSchema):
    # A field's name is its title; the same again in capitals helps nobody.
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  - the library's signature
        return False


def files(_tree: Path) -> dict[str, str]:
    """Every schema's file, checked against the meta-schema."""
    return {
        f"{FOLDER}{family}/{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for family, members in families().items()
        for name, schema in sorted(members.items())
    }


def families() -> dict[str, dict[str, Schema]]:
    """The schemas by family and name.

    `actions` are what callers send, `commands` what a row of the queue holds of it, `contracts` everything that stands
    in no other family.
    """
    elsewhere = {*_BASES, *EVENTS.values(), *HARNESS_LINES.values(), *PROPOSAL_KINDS.values(), ApplyProposal}
    elsewhere |= {action.takes for action in ACTIONS.values()}
    made: dict[str, dict[str, Schema]] = {
        "actions": {name: of(action.takes, "validation") for name, action in ACTIONS.items()},
        "commands": {
            **{one.kind: recorded(one.takes) for one in ACTIONS.values() if issubclass(one.takes, Mutation)},
            APPLY_KIND: of(ApplyProposal, "serialization"),
        },
        "events": {name: of(event, "serialization") for name, event in EVENTS.items()},
        "proposals": {kind.value: of(held, "serialization") for kind, held in PROPOSAL_KINDS.items()},
        "harness_lines": {
            **{name: of(line, "validation") for name, line in HARNESS_LINES.items()},
            "any": {
                "title": "HarnessLine",
                "description": "Any line that is not log.",
                **of(HarnessLine, "validation"),
            },
        },
        "contracts": {one.__name__: of(one, "validation") for one in named() - elsewhere},
    }
    return {
        family: {name: _whole(f"{family}/{name}", schema) for name, schema in members.items()}
        for family, members in made.items()
    }


def named() -> set[type[Contract]]:
    """Every contract that a module of the room `contracts` defines."""
    modules = [importlib.import_module(f"contracts.{found.name}") for found in pkgutil.iter_modules(contracts.__path__)]
    return {
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Contract) and member.__module__ == module.__name__
    }


def of(described: Any, mode: Literal["validation", "serialization"]) -> Schema:
    """The schema of a contract, as it is taken in or as it is given out."""
    return TypeAdapter[Any](described).json_schema(mode=mode, schema_generator=_Generator)


def recorded(mutation: type[Mutation]) -> Schema:
    """The schema of what a command keeps of a mutation's input."""
    schema = of(mutation, "serialization")
    _leave_out(schema, schema, mutation.NOT_RECORDED)
    return schema


def _leave_out(root: Schema, schema: Schema, left_out: Mapping[str, Any]) -> None:
    for name, which in left_out.items():
        if which is True:
            schema["properties"].pop(name)
            required = [one for one in schema.pop("required", []) if one != name]
            schema |= {"required": required} if required else {}
            continue
        definition = schema["properties"][name]["items"]["$ref"].rpartition("/")[2]
        _leave_out(root, root["$defs"][definition], which["__all__"])


def _whole(identity: str, schema: Schema) -> Schema:
    whole = {"$schema": DIALECT, "$id": f"{BASE}{identity}.json", **schema}
    Draft202012Validator.check_schema(whole)
    return whole
