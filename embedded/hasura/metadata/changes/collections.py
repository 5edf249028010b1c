"""Collections of queries, and which of them make up the allow list."""

from typing import Any, Literal, cast

from pydantic import Field

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.changes.change import Arguments, Command, read, text_in, truth_in
from embedded.hasura.metadata.names import Text
from embedded.hasura.metadata.tables import Node
from embedded.hasura.metadata.tree import Metadata

Written = dict[str, Any]


class _Query(Node):
    name: Text
    query: str


class _Definition(Node):
    queries: list[_Query]


class _Collection(Node):
    name: Text
    definition: _Definition
    comment: str | None = None


class _Global(Node):
    global_: Literal[True] = Field(alias="global")


class _ForRoles(Node):
    global_: Literal[False] = Field(alias="global")
    roles: list[Text] = Field(min_length=1)


class _Allowed(Node):
    collection: Text
    scope: _Global | _ForRoles | None = None


def create_query_collection(metadata: Metadata, arguments: Arguments) -> None:
    """Add a collection."""
    collection = read(_Collection, arguments)
    if any(other["name"] == collection.name for other in metadata.query_collections):
        message = f'query collection with name "{collection.name}" already exists'
        raise EngineError("already-exists", message, path="$.args.name")
    names = [query.name for query in collection.definition.queries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = "found duplicate query names " + ", ".join(f'"{name}"' for name in twice)
        raise EngineError("not-supported", message, path="$.args.definition.queries")
    metadata.query_collections.append(collection.model_dump(exclude_none=True))


def rename_query_collection(metadata: Metadata, arguments: Arguments) -> None:
    """Give a collection another name, on the allow list as well."""
    name, new = text_in(arguments, "name"), text_in(arguments, "new_name")
    collection = _existing(metadata, name, "$.args.name")
    if any(other["name"] == new for other in metadata.query_collections):
        message = f'query collection with name "{new}" already exists'
        raise EngineError("already-exists", message, path="$.args.new_name")
    collection["name"] = new
    for entry in metadata.allowlist:
        if entry["collection"] == name:
            entry["collection"] = new


def drop_query_collection(metadata: Metadata, arguments: Arguments) -> None:
    """Remove a collection; with `cascade` from the allow list as well."""
    name, path = text_in(arguments, "collection"), "$.args.collection"
    collection = _existing(metadata, name, path)
    allowed = [entry for entry in metadata.allowlist if entry["collection"] == name]
    if allowed and not truth_in(arguments, "cascade"):
        message = f'query collection with name "{name}" is present in allowlist; cannot proceed to drop'
        raise EngineError("dependency-error", message, path=path)
    metadata.allowlist[:] = [entry for entry in metadata.allowlist if entry["collection"] != name]
    metadata.query_collections.remove(collection)


def add_query_to_collection(metadata: Metadata, arguments: Arguments) -> None:
    """Add a query to a collection."""
    name, query = text_in(arguments, "collection_name"), text_in(arguments, "query_name")
    queries = _queries(_existing(metadata, name))
    if any(other["name"] == query for other in queries):
        message = f'query with name "{query}" already exists in collection "{name}"'
        raise EngineError("already-exists", message, path="$.args")
    queries.append({"name": query, "query": text_in(arguments, "query")})


def drop_query_from_collection(metadata: Metadata, arguments: Arguments) -> None:
    """Remove a query from a collection."""
    name, query = text_in(arguments, "collection_name"), text_in(arguments, "query_name")
    queries = _queries(_existing(metadata, name))
    kept = [other for other in queries if other["name"] != query]
    if len(kept) == len(queries):
        message = f'query with name "{query}" not found in collection "{name}"'
        raise EngineError("not-found", message, path="$.args", status=400)
    queries[:] = kept


def add_collection_to_allowlist(metadata: Metadata, arguments: Arguments) -> None:
    """Allow the queries of a collection; adding it twice changes nothing."""
    allowed = read(_Allowed, arguments)
    _existing(metadata, allowed.collection, "$.args.collection")
    if all(entry["collection"] != allowed.collection for entry in metadata.allowlist):
        metadata.allowlist.append(_entry(allowed))


def drop_collection_from_allowlist(metadata: Metadata, arguments: Arguments) -> None:
    """Allow the queries of a collection no longer."""
    name = text_in(arguments, "collection")
    metadata.allowlist.remove(_allowed(metadata, name, "$.args.collection"))


def update_scope_of_collection_in_allowlist(metadata: Metadata, arguments: Arguments) -> None:
    """Say anew for whom a collection is allowed."""
    if "scope" not in arguments:
        raise EngineError("parse-failed", "the key 'scope' was not present")
    allowed = read(_Allowed, arguments)
    entry = _allowed(metadata, allowed.collection, "$.args")
    entry.clear()
    entry.update(_entry(allowed))


def _entry(allowed: _Allowed) -> Written:
    return allowed.model_dump(by_alias=True, exclude_none=True)


def _existing(metadata: Metadata, name: str, path: str = "$.args") -> Written:
    for collection in metadata.query_collections:
        if collection["name"] == name:
            return collection
    raise EngineError("not-exists", f'query collection with name "{name}" does not exist', path=path)


def _queries(collection: Written) -> list[Written]:
    return cast("list[Written]", collection["definition"]["queries"])


def _allowed(metadata: Metadata, name: str, path: str) -> Written:
    for entry in metadata.allowlist:
        if entry["collection"] == name:
            return entry
    message = f'collection "{name}" doesn\'t exist in the allowlist'
    raise EngineError("not-found", message, path=path, status=400)


COMMANDS: dict[str, Command] = {
    "create_query_collection": create_query_collection,
    "rename_query_collection": rename_query_collection,
    "drop_query_collection": drop_query_collection,
    "add_query_to_collection": add_query_to_collection,
    "drop_query_from_collection": drop_query_from_collection,
    "add_collection_to_allowlist": add_collection_to_allowlist,
    "drop_collection_from_allowlist": drop_collection_from_allowlist,
    "update_scope_of_collection_in_allowlist": update_scope_of_collection_in_allowlist,
}
