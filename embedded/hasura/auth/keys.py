"""Keys that tokens are verified with: secrets, PEM public keys and certificates, JWKs and sets of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

_HMAC = ("HS256", "HS384", "HS512")
_RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_ELLIPTIC = ("ES256", "ES384", "ES512", "ES256K")
_EDWARDS = ("EdDSA",)

TYPES = frozenset({*_HMAC, *_RSA, *_ELLIPTIC, "Ed25519"})

_FAMILY_BY_JWK = {"oct": _HMAC, "RSA": _RSA, "EC": _ELLIPTIC, "OKP": _EDWARDS}

# An issuer has a handful of keys; each may cost a verification.
_KEYS_MAX = 100


class WrongKeyError(Exception):
    """A key that cannot be read."""


@dataclass(frozen=True)
class Key:
    """A key and the algorithms it may be used with, which are all of one family: a public key is never a secret."""

    key: Any
    algorithms: tuple[str, ...]
    id: str | None = None


def inline_keys(type_: str, written: str) -> tuple[Key, ...]:
    """The keys of a configuration's `type` and `key`.

    Raises:
        WrongKeyError: if the key is none of that type.
    """
    if type_ not in TYPES:
        raise WrongKeyError(f"Key type: {type_} is not supported")
    if written.lstrip().startswith("{"):
        return keys_of(written)
    if type_ in _HMAC:
        return (Key(written.encode(), _HMAC),)
    return (_pem(written),)


def keys_of(text: str | bytes) -> tuple[Key, ...]:
    """The keys of a JWK or a set of them; those of unknown kinds are passed over.

    Raises:
        WrongKeyError: if it is neither, or holds no key that can be used.
    """
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongKeyError("the JWK is no JSON") from None
    if not isinstance(value, dict):
        raise WrongKeyError("the JWK is no JSON object")
    written = cast("dict[str, Any]", value)
    entries: Any = written.get("keys", [written])
    if not isinstance(entries, list):
        raise WrongKeyError("the keys of the JWK set are no list")
    found = [_jwk(entry) for entry in cast("list[Any]", entries)[:_KEYS_MAX]]
    keys = tuple(key for key in found if key is not None)
    if not keys:
        raise WrongKeyError("there is no key that can be used")
    return keys


def _jwk(entry: Any) -> Key | None:
    if not isinstance(entry, Mapping):
        return None
    written = dict(cast("Mapping[str, Any]", entry))
    family = _FAMILY_BY_JWK.get(str(written.get("kty")))
    if family is None or written.get("use", "sig") != "sig":
        return None
    try:
        loaded = jwt.PyJWK(written)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    return Key(loaded.key, family, cast("str | None", written.get("kid")))


def _pem(written: str) -> Key:
    data = written.encode()
    try:
        certified = "CERTIFICATE" in written
        public = load_pem_x509_certificate(data).public_key() if certified else load_pem_public_key(data)
    except ValueError as error:
        raise WrongKeyError(f"the key is no PEM public key: {error}") from None
    match public:
        case RSAPublicKey():
            return Key(public, _RSA)
        case EllipticCurvePublicKey():
            return Key(public, _ELLIPTIC)
        case _:
            return Key(public, _EDWARDS)
