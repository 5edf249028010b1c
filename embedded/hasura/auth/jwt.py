"""Tokens: verify them and read Hasura's claims from them."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import jwt

from embedded.hasura.auth.claims import Claims, read_claims
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import WrongSettingError

_NAMESPACE = "https://hasura.io/jwt/claims"
_PEM = "-----BEGIN"

# Clients send the same token with every request until it ends, and nothing but time can make a genuine token wrong.
_KNOWN_MAX = 2_000

_WRONG = (
    (jwt.ExpiredSignatureError, "JWTExpired"),
    (jwt.ImmatureSignatureError, "JWTNotYetValid"),
    (jwt.InvalidAudienceError, "JWTNotInAudience"),
    (jwt.MissingRequiredClaimError, "JWTNotInAudience"),
    (jwt.InvalidIssuerError, "JWTNotInIssuer"),
    (jwt.InvalidSignatureError, "JWSError JWSInvalidSignature"),
    (jwt.InvalidAlgorithmError, "JWSError JWSNoSignatures"),
    (jwt.DecodeError, 'JWSError (JSONDecodeError "could not decode the token")'),
)  # fmt: skip


@dataclass(frozen=True)
class _Key:
    key: Any
    algorithm: str
    id: str | None = None


class JwtVerifier:
    """Verifies tokens as one JWT configuration says."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._known: dict[str, Claims] = {}
        self._keys = _keys(config)
        self._audience = config.get("audience")
        self._issuer = config.get("issuer")
        self._skew_s = float(config.get("allowed_skew") or 0)
        header = cast("dict[str, Any]", config.get("header") or {"type": "Authorization"})
        self._header_type = str(header.get("type"))
        self._header_name = str(header.get("name") or "")

    def token_in(self, headers: Mapping[str, str]) -> str | None:
        """The token a request carries, None without one.

        Raises:
            EngineError: invalid-headers, if there is something that is no bearer token.
        """
        match self._header_type:
            case "Cookie":
                return _cookie(headers.get("cookie", ""), self._header_name)
            case "CustomHeader":
                return headers.get(self._header_name.lower())
            case _:
                written = headers.get("authorization")
        if written is None:
            return None
        scheme, _, token = written.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise EngineError("invalid-headers", "Malformed Authorization header")
        return token.strip()

    def verified(self, token: str) -> Claims:
        """The claims of a token that is genuine and in force.

        Raises:
            EngineError: invalid-jwt, jwt-missing-role-claims or jwt-invalid-claims.
        """
        known = self._known.get(token)
        if known is not None and (known.expires_at is None or time.time() < known.expires_at + self._skew_s):
            return known
        claims = read_claims(self._decoded(token), self._config, _NAMESPACE)
        self._known[token] = claims
        if len(self._known) > _KNOWN_MAX:
            self._known.pop(next(iter(self._known)))
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        key = self._key_for(token)
        try:
            return jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                audience=self._audience,
                issuer=self._issuer,
                leeway=self._skew_s,
                options={"verify_aud": self._audience is not None, "verify_iat": False, "verify_sub": False},
            )
        except jwt.PyJWTError as error:
            raise _refused(error) from None

    def _key_for(self, token: str) -> _Key:
        try:
            wanted = jwt.get_unverified_header(token).get("kid")
        except jwt.PyJWTError as error:
            raise _refused(error) from None
        return next((key for key in self._keys if key.id is not None and key.id == wanted), self._keys[0])


def _refused(error: jwt.PyJWTError) -> EngineError:
    for kind, name in _WRONG:
        if isinstance(error, kind):
            return EngineError("invalid-jwt", f"Could not verify JWT: {name}")
    return EngineError("invalid-jwt", f"Could not verify JWT: JWSError {error}")


def _keys(config: dict[str, Any]) -> list[_Key]:
    """The keys of a configuration: a secret, a PEM public key, one JWK, or a set of them."""
    if config.get("jwk_url"):
        raise WrongSettingError("jwk_url is not supported by the embedded engine; give the keys inline")
    written, algorithm = config.get("key"), str(config.get("type", ""))
    if not isinstance(written, str) or not algorithm:
        raise WrongSettingError("HASURA_GRAPHQL_JWT_SECRET needs type and key")
    algorithm = "EdDSA" if algorithm == "Ed25519" else algorithm
    if algorithm.startswith("HS") or written.lstrip().startswith(_PEM):
        return [_Key(written, algorithm)]
    try:
        loaded = cast("dict[str, Any]", json.loads(written))
        entries = cast("list[dict[str, Any]]", loaded.get("keys", [loaded]))
        return [_Key(jwt.PyJWK(entry, algorithm).key, algorithm, entry.get("kid")) for entry in entries]
    except (ValueError, jwt.PyJWTError) as error:
        raise WrongSettingError(f"HASURA_GRAPHQL_JWT_SECRET: the key cannot be read: {error}") from None


def _cookie(header: str, name: str) -> str | None:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None
