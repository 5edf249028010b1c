"""GraphQL requests as JSON bodies write them."""

from typing import Any, cast

from embedded.hasura.auth.identity import Identity, named
from embedded.hasura.document.words import below, json_described
from embedded.hasura.errors import EngineError, unsupported
from embedded.hasura.execute.compile import Request

_KINDS = {
    "null": "Null",
    "a boolean": "Boolean",
    "a number": "Number",
    "a string": "String",
    "a list": "Array",
    "an object": "Object",
}


def graphql_request(body: Any, path: str = "$") -> Request:
    """The request that a JSON body holds.

    Raises:
        EngineError: parse-failed.
    """
    given = object_of(body, path, "parsing Object failed")
    if "query" not in given:
        raise EngineError("parse-failed", "the key 'query' was not present", path=path)
    query, variables, name = given["query"], given.get("variables"), given.get("operationName")
    if not isinstance(query, str):
        raise _unexpected("parsing Text failed, expected String", query, f"{path}.query")
    if name is not None and not isinstance(name, str):
        raise _unexpected("parsing Text failed, expected String", name, f"{path}.operationName")
    values = {} if variables is None else object_of(variables, f"{path}.variables", "parsing HashMap failed")
    return Request(query, values, name or None)


def explain_request(body: Any) -> tuple[Request, Identity]:
    """The request to explain, and who is to have asked it: without a `user` an administrator.

    Raises:
        EngineError: parse-failed, or not-supported for Relay.
    """
    given = object_of(body, "$", "parsing Object failed")
    if "query" not in given:
        raise EngineError("parse-failed", "the key 'query' was not present")
    if given.get("is_relay"):
        raise unsupported("Relay")
    user = given.get("user")
    variables = {} if user is None else object_of(user, "$.user", "parsing HashMap failed")
    for name, value in variables.items():
        if not isinstance(value, str):
            raise _unexpected("parsing Text failed, expected String", value, below("$.user", name))
    return graphql_request(given["query"], "$.query"), named(variables)


def object_of(value: Any, path: str, failed: str) -> dict[str, Any]:
    """A JSON value that is to be an object.

    Raises:
        EngineError: parse-failed, if it is none.
    """
    if not isinstance(value, dict):
        raise _unexpected(f"{failed}, expected Object", value, path)
    return cast("dict[str, Any]", value)


def _unexpected(expected: str, found: Any, path: str) -> EngineError:
    return EngineError("parse-failed", f"{expected}, but encountered {_KINDS[json_described(found)]}", path=path)
