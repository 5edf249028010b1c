"""One entry of the token configuration, checked once at the start."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from embedded.hasura.auth.claims import ALLOWED, DEFAULT, ClaimsSource
from embedded.hasura.auth.keys import Key, WrongKeyError, inline_keys
from embedded.hasura.settings import WrongSettingError

Json = dict[str, Any]
Place = Literal["Authorization", "Cookie", "CustomHeader"]

_PLACES: dict[str, Place] = {"authorization": "Authorization", "cookie": "Cookie", "customheader": "CustomHeader"}


@dataclass(frozen=True)
class Location:
    """Where a request carries the token: `name` is that of the cookie or, in lower case, of the header."""

    place: Place = "Authorization"
    name: str = "authorization"


@dataclass(frozen=True)
class Configuration:
    """How tokens of one issuer are verified and read; without `keys` they come from `jwk_url`."""

    claims: ClaimsSource
    location: Location
    keys: tuple[Key, ...] | None
    jwk_url: str | None
    issuer: str | None
    audiences: frozenset[str] | None
    skew_s: float

    @classmethod
    def of(cls, written: Json) -> "Configuration":
        """The configuration that JSON writes.

        Raises:
            WrongSettingError: in a sentence, if it makes no sense.
        """
        url = _text(written, "jwk_url")
        key = _text(written, "key")
        if (url is None) == (key is None):
            both = "both cannot be empty" if key is None else "both cannot be present"
            raise _wrong(f"key and jwk_url {both}")
        try:
            keys = None if key is None else inline_keys(_text(written, "type") or "", key)
        except WrongKeyError as error:
            raise _wrong(f"Invalid JWK: {error}") from None
        skew = written.get("allowed_skew") or 0
        if not isinstance(skew, int | float) or isinstance(skew, bool):
            raise _wrong("allowed_skew is no number")
        return cls(
            claims=_claims(written),
            location=_location(written.get("header")),
            keys=keys,
            jwk_url=url,
            issuer=_text(written, "issuer"),
            audiences=_audiences(written.get("audience")),
            skew_s=float(skew),
        )


def _claims(written: Json) -> ClaimsSource:
    path, namespace = _text(written, "claims_namespace_path"), _text(written, "claims_namespace")
    if path is not None and namespace is not None:
        raise _wrong("claims_namespace and claims_namespace_path both cannot be set")
    form = _text(written, "claims_format") or "json"
    if form not in {"json", "stringified_json"}:
        raise _wrong(f"claims_format is neither json nor stringified_json: {form}")
    mapping = written.get("claims_map")
    if mapping is not None and not isinstance(mapping, dict):
        raise _wrong("claims_map is no object")
    named = {name.lower(): source for name, source in cast("Json", mapping or {}).items()}
    for required in (ALLOWED, DEFAULT) if mapping is not None else ():
        if required not in named:
            raise _wrong(f"{required} is expected but not found in claims_map")
    return ClaimsSource(namespace, path, stringified=form == "stringified_json", mapping=named or None)


def _location(written: Any) -> Location:
    if written is None:
        return Location()
    header = cast("Json", written) if isinstance(written, dict) else {}
    place = _PLACES.get(str(header.get("type")).lower())
    if place is None:
        raise _wrong("expected 'type' is 'Authorization' or 'Cookie' or 'CustomHeader'")
    if place == "Authorization":
        return Location()
    name = header.get("name")
    if not isinstance(name, str) or not name:
        raise _wrong(f"the header of type {place} needs a name")
    return Location(place, name if place == "Cookie" else name.lower())


def _audiences(written: Any) -> frozenset[str] | None:
    listed = [written] if isinstance(written, str) else written
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in cast("list[Any]", listed)):
        raise _wrong("audience is neither a string nor a list of strings")
    return frozenset(cast("list[str]", listed))


def _text(written: Json, name: str) -> str | None:
    value = written.get(name)
    if value is not None and not isinstance(value, str):
        raise _wrong(f"{name} is no string")
    return value or None


def _wrong(reason: str) -> WrongSettingError:
    return WrongSettingError(f"HASURA_GRAPHQL_JWT_SECRET: {reason}")
