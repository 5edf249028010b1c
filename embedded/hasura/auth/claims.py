"""Hasura's claims inside a verified token: roles and session variables."""

import json
from dataclasses import dataclass
from typing import Any, cast

from embedded.hasura.errors import EngineError
from embedded.hasura.json_path import json_path

_ALLOWED = "x-hasura-allowed-roles"
_DEFAULT = "x-hasura-default-role"

Json = dict[str, Any]


@dataclass(frozen=True)
class Claims:
    """What a token grants."""

    allowed_roles: frozenset[str]
    default_role: str
    session: dict[str, str]
    expires_at: float | None


def read_claims(payload: Json, config: Json, namespace: str) -> Claims:
    """The claims of a token, found as the configuration says.

    Raises:
        EngineError: jwt-missing-role-claims or jwt-invalid-claims.
    """
    mapping = config.get("claims_map")
    found = _mapped(payload, cast("Json", mapping)) if mapping else _in_namespace(payload, config, namespace)
    claims = {name.lower(): value for name, value in found.items()}
    allowed, default = _allowed(claims), claims.get(_DEFAULT)
    if default is None:
        raise EngineError("jwt-missing-role-claims", f"JWT claim does not contain {_DEFAULT}")
    if not isinstance(default, str):
        raise EngineError("jwt-invalid-claims", f"invalid {_DEFAULT}; should be a string")
    expires_at = payload.get("exp")
    return Claims(allowed, default, _session(claims), float(expires_at) if expires_at is not None else None)


def _allowed(claims: Json) -> frozenset[str]:
    allowed = claims.get(_ALLOWED)
    if allowed is None:
        raise EngineError("jwt-missing-role-claims", f"JWT claim does not contain {_ALLOWED}")
    if not isinstance(allowed, list) or not all(isinstance(role, str) for role in cast("list[Any]", allowed)):
        raise EngineError("jwt-invalid-claims", f"invalid {_ALLOWED}; should be a list of roles")
    return frozenset(cast("list[str]", allowed))


def _session(claims: Json) -> dict[str, str]:
    session: dict[str, str] = {}
    for name, value in claims.items():
        if not name.startswith("x-hasura-") or name in {_ALLOWED, _DEFAULT}:
            continue
        if not isinstance(value, str):
            raise EngineError("jwt-invalid-claims", f"claim '{name}' is not a string")
        session[name] = value
    return session


def _in_namespace(payload: Json, config: Json, namespace: str) -> Json:
    path = config.get("claims_namespace_path")
    if path is not None:
        found, shown = _at(payload, str(path)), f"claims_namespace_path: '{path}'"
    else:
        key = str(config.get("claims_namespace") or namespace)
        found, shown = payload.get(key), f"claims key: '{key}'"
    if found is None:
        raise EngineError("jwt-invalid-claims", f"{shown} not found")
    if config.get("claims_format") == "stringified_json":
        found = _unpacked(found, shown)
    if not isinstance(found, dict):
        raise EngineError("jwt-invalid-claims", f"{shown} is not an object")
    return cast("Json", found)


def _unpacked(found: Any, shown: str) -> Any:
    try:
        return json.loads(found)
    except (TypeError, ValueError):
        raise EngineError("jwt-invalid-claims", f"{shown} is not stringified JSON") from None


def _mapped(payload: Json, mapping: Json) -> Json:
    claims: Json = {}
    for name, source in mapping.items():
        if not isinstance(source, dict) or "path" not in source:
            claims[name] = source
            continue
        written = cast("Json", source)
        found = _at(payload, str(written["path"]))
        if found is None and "default" not in written:
            raise EngineError("jwt-invalid-claims", f"JWT claim from claims_map, {name} not found")
        claims[name] = written.get("default") if found is None else found
    return claims


def _at(payload: Any, path: str) -> Any:
    value = payload
    for step in json_path(path, "$"):
        match value:
            case dict():
                value = cast("Json", value).get(step)
            case list() if step.isdecimal() and int(step) < len(cast("list[Any]", value)):
                value = cast("list[Any]", value)[int(step)]
            case _:
                return None
    return value
