"""`codegen/schema/<role>.graphql`: what each role sees of the engine, so that a change of it can be reviewed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from graphql import IntrospectionQuery, build_client_schema, lexicographic_sort_schema, print_schema

from contracts.base import Action
from contracts.vocabulary import Role

FOLDER = "codegen/schema/"
OWNS = (FOLDER,)
READS = ("hasura/metadata/",)
ROLES = (Action.PLATFORM, *(role.value for role in Role))

# The engine's answer to the introspection query, by role, for the metadata in a folder.
Introspect = Callable[[Path, Sequence[str]], dict[str, IntrospectionQuery]]


def files(tree: Path, *, introspect: Introspect) -> dict[str, str]:
    """The schema of every role in its own file, sorted by name."""
    seen = introspect(tree / "hasura" / "metadata", ROLES)
    return {path_of(role): printed(introspection) for role, introspection in seen.items()}


def path_of(role: str) -> str:
    """Where a role's schema is kept."""
    return f"{FOLDER}{role}.graphql"


def printed(introspection: IntrospectionQuery) -> str:
    """The schema as text, the same for every order in which the engine may answer."""
    return print_schema(lexicographic_sort_schema(build_client_schema(introspection))) + "\n"
