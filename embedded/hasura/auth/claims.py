"""Hasura's claims inside a verified token: roles and session variables."""

import json
from dataclasses import dataclass
from typing import Any, cast

from embedded.hasura.errors import EngineError
from embedded.hasura.json_kind import json_kind
from embedded.hasura.json_path import json_path

ALLOWED = "x-hasura-allowed-roles"
DEFAULT = "x-hasura-default-role"

_NAMESPACE = "https://hasura.io/jwt/claims"
_PREFIX = "x-hasura-"
_INVALID, _MISSING = "jwt-invalid-claims", "jwt-missing-role-claims"

Json = dict[str, Any]


@dataclass(frozen=True)
class ClaimsSource:
    """Where in a token the claims are: under a name, at a path, or put together by a mapping of their names."""

    namespace: str | None = None
    namespace_path: str | None = None
    stringified: bool = False
    mapping: Json | None = None


@dataclass(frozen=True)
class Claims:
    """What a token grants."""

    allowed_roles: frozenset[str]
    default_role: str
    session: dict[str, str]
    expires_at: float | None


def read_claims(payload: Json, source: ClaimsSource) -> Claims:
    """The claims of a token, found as the configuration says.

    Raises:
        EngineError: jwt-missing-role-claims or jwt-invalid-claims.
    """
    if source.mapping is None:
        claims = {name.lower(): value for name, value in _in_namespace(payload, source).items()}
    else:
        claims = _mapped(payload, source.mapping)
    allowed, default = _allowed(claims), _default(claims, "a role" if source.mapping else "a single role name")
    expires_at = payload.get("exp")
    return Claims(allowed, default, _session(claims), float(expires_at) if expires_at is not None else None)


def _allowed(claims: Json) -> frozenset[str]:
    allowed = claims.get(ALLOWED)
    if allowed is None:
        raise EngineError(_MISSING, f"JWT claim does not contain {ALLOWED}")
    wrong = f"invalid {ALLOWED}; should be a list of roles"
    if not isinstance(allowed, list):
        raise EngineError(_INVALID, f"{wrong}: parsing [] failed, expected Array, but encountered {json_kind(allowed)}")
    for index, role in enumerate(cast("list[Any]", allowed)):
        if not isinstance(role, str):
            raise EngineError(_INVALID, f"{wrong}: {_no_text(role, f'[{index}]')}")
    return frozenset(cast("list[str]", allowed))


def _default(claims: Json, wanted: str) -> str:
    default = claims.get(DEFAULT)
    if default is None:
        raise EngineError(_MISSING, f"JWT claim does not contain {DEFAULT}")
    if not isinstance(default, str):
        raise EngineError(_INVALID, f"invalid {DEFAULT}; should be {wanted}: {_no_text(default)}")
    return default


def _session(claims: Json) -> dict[str, str]:
    session: dict[str, str] = {}
    for name, value in claims.items():
        if not name.startswith(_PREFIX) or name in {ALLOWED, DEFAULT}:
            continue
        if not isinstance(value, str):
            raise EngineError(_INVALID, "x-hasura-* claims: " + _no_text(value, f"['{name}']"))
        session[name] = value
    return session


def _in_namespace(payload: Json, source: ClaimsSource) -> Json:
    if source.namespace_path is not None:
        path = source.namespace_path
        found, missing = _at(payload, path), f"claims not found at claims_namespace_path: '{path}'"
        place = f"claims_namespace_path {path}"
    else:
        key = source.namespace or _NAMESPACE
        found, missing = payload.get(key), f"claims key: '{key}' not found"
        place = f"claims_namespace {key}"
    if found is None:
        raise EngineError(_INVALID, missing)
    if source.stringified:
        return _unpacked(found, place)
    if not isinstance(found, dict):
        raise EngineError(_INVALID, "expecting a json object when claims_format is json")
    return cast("Json", found)


def _unpacked(found: Any, place: str) -> Json:
    if not isinstance(found, str):
        raise EngineError(_INVALID, "expecting a string when claims_format is stringified_json")
    try:
        value: Any = json.loads(found)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise EngineError(_INVALID, f"expecting stringified json at: '{place}', but found: {found}")
    return cast("Json", value)


def _mapped(payload: Json, mapping: Json) -> Json:
    claims: Json = {}
    for name, source in mapping.items():
        if not isinstance(source, dict) or "path" not in source:
            claims[name] = source
            continue
        written = cast("Json", source)
        found = _at(payload, str(written["path"]))
        if found is None:
            found = written.get("default")
        if found is None and name not in {ALLOWED, DEFAULT}:
            raise EngineError(_INVALID, f"JWT claim from claims_map, {name} not found")
        claims[name] = found
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


def _no_text(value: Any, where: str = "") -> str:
    at = f"Error in ${where}: " if where else ""
    return f"{at}parsing Text failed, expected String, but encountered {json_kind(value)}"
