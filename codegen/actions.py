"""`actions.graphql` and `actions.yaml`, from the contracts' actions."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import strawberry
import yaml
from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
)
from strawberry.schema.config import StrawberryConfig

from codegen.graphql_types import POSTGRES_SCALARS, GraphqlTypes
from contracts.base import Action
from contracts.registry import ACTIONS

# The API answers within milliseconds; Hasura gives up on it after this long.
HANDLER_TIMEOUT_S = 15
OWNS = ("hasura/metadata/actions.graphql", "hasura/metadata/actions.yaml")
_HEADER = "# Generated from the contracts by `make codegen`. Do not edit.\n"


def files(_tree: Path) -> dict[str, str]:
    """Both files, which Hasura reads together."""
    return dict(zip(OWNS, (sdl(), metadata()), strict=True))


def sdl() -> str:
    """The text of actions.graphql."""
    parts = [
        print_ast(definition)
        for definition in _document().definitions
        if not isinstance(definition, (ScalarTypeDefinitionNode, SchemaDefinitionNode))
    ]
    return _HEADER + "\n" + "\n\n".join(parts) + "\n"


def metadata() -> str:
    """The text of actions.yaml."""
    definitions = _document().definitions
    document = {
        "actions": [_action(action) for action in sorted(ACTIONS.values(), key=lambda one: one.name)],
        "custom_types": {
            "enums": _names(definitions, EnumTypeDefinitionNode),
            "input_objects": _names(definitions, InputObjectTypeDefinitionNode),
            "objects": _names(definitions, ObjectTypeDefinitionNode),
            "scalars": [],
        },
    }
    return _HEADER + yaml.safe_dump(document, sort_keys=False, width=120, allow_unicode=True)


def _document() -> DocumentNode:
    schema_types = GraphqlTypes()
    roots = {
        operation: _root(
            operation.capitalize(), [a for a in ACTIONS.values() if a.operation == operation], schema_types
        )
        for operation in ("query", "mutation")
    }
    schema = strawberry.Schema(
        query=roots["query"],
        mutation=roots["mutation"],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=POSTGRES_SCALARS, sort_schema=True),
    )
    return parse(schema.as_str())


def _root(name: str, actions: list[Action], schema_types: GraphqlTypes) -> type:
    fields = {
        action.name: strawberry.field(_resolver(action, schema_types), description=action.says) for action in actions
    }
    return strawberry.type(type(name, (), fields), name=name)


def _resolver(action: Action, schema_types: GraphqlTypes) -> Callable[..., Any]:
    """A function with the action's signature; Hasura calls the handler, nobody calls this."""
    takes = schema_types.of(action.takes, is_input=True)
    answers = schema_types.of(action.answers, is_input=False)

    def resolve(**_given: object) -> object:
        raise NotImplementedError(action.name)

    parameter = inspect.Parameter(
        "input", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[takes, strawberry.argument()]
    )
    signed: Any = resolve
    signed.__signature__ = inspect.Signature([parameter], return_annotation=answers)
    resolve.__annotations__ = {"input": takes, "return": answers}
    return resolve


def _action(action: Action) -> dict[str, Any]:
    kind = {"kind": "synchronous"} if action.operation == "mutation" else {"type": "query"}
    return {
        "name": action.name,
        "definition": {
            **kind,
            "handler": "{{FRACTALOPS_ACTIONS_URL}}/actions/" + action.name,
            "forward_client_headers": False,
            "headers": [{"name": "x-fractalops-action-secret", "value_from_env": "FRACTALOPS_ACTION_SECRET"}],
            "timeout": HANDLER_TIMEOUT_S,
        },
        "permissions": [{"role": role.value} for role in action.roles],
        "comment": action.says,
    }


def _names(definitions: tuple[DefinitionNode, ...], kind: type[TypeDefinitionNode]) -> list[dict[str, str]]:
    names = [definition.name.value for definition in definitions if isinstance(definition, kind)]
    return [{"name": name} for name in names if name not in ("Query", "Mutation")]
