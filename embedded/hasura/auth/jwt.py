"""Verify a token with the keys of one configuration, and read Hasura's claims from it."""

import base64
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any, cast

import jwt

from embedded.hasura.auth.claims import Claims, read_claims
from embedded.hasura.auth.configuration import Configuration, Location
from embedded.hasura.auth.keys import Key
from embedded.hasura.errors import EngineError

# Clients send the same token with every request until it ends, and nothing but time can make a genuine token wrong.
_KNOWN_MAX = 2_000

_PARTS = 3

_WRONG = (
    (jwt.ExpiredSignatureError, "JWTExpired"),
    (jwt.InvalidSignatureError, "JWSError JWSInvalidSignature"),
    (jwt.InvalidAlgorithmError, "JWSError JWSInvalidSignature"),
    (jwt.InvalidKeyError, "JWSError JWSInvalidSignature"),
    (jwt.DecodeError, 'JWSError (JSONDecodeError "could not decode the token")'),
)  # fmt: skip

_OPTIONS = {"verify_aud": False, "verify_iss": False, "verify_sub": False, "verify_jti": False}


class JwtVerifier:
    """Verifies tokens as one JWT configuration says."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._keys = configuration.keys or ()
        self._known: dict[str, Claims] = {}

    @property
    def location(self) -> Location:
        """Where requests carry such tokens."""
        return self._configuration.location

    def use(self, keys: tuple[Key, ...]) -> bool:
        """Verify with `keys` from now on; whether they are others than before."""
        if keys == self._keys:
            return False
        self._keys = keys
        self._known.clear()
        return True

    def issues(self, token: str) -> bool:
        """Whether the token says it is of this configuration's issuer, or one of them says nothing."""
        issuer = self._configuration.issuer
        return issuer is None or issued_by(token) in {None, issuer}

    def verified(self, token: str) -> Claims:
        """The claims of a token that is genuine and in force.

        Raises:
            EngineError: invalid-jwt, jwt-missing-role-claims or jwt-invalid-claims.
        """
        skew_s = self._configuration.skew_s
        known = self._known.get(token)
        if known is not None and (known.expires_at is None or time.time() < known.expires_at + skew_s):
            return known
        claims = read_claims(self._decoded(token), self._configuration.claims)
        self._known[token] = claims
        if len(self._known) > _KNOWN_MAX:
            self._known.pop(next(iter(self._known)))
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        wrong: jwt.PyJWTError = jwt.InvalidSignatureError()
        for key in self._candidates(token):
            try:
                payload: dict[str, Any] = jwt.decode(
                    token,
                    key.key,
                    algorithms=list(key.algorithms),
                    leeway=self._configuration.skew_s,
                    options=cast("Any", _OPTIONS),
                )
            except jwt.ImmatureSignatureError as error:
                # Nothing is wrong with the key, so no other need be tried.
                raise _refused("JWTIssuedAtFuture" if "iat" in str(error) else "JWTNotYetValid") from None
            except (jwt.InvalidSignatureError, jwt.InvalidAlgorithmError, jwt.InvalidKeyError) as error:
                wrong = error
            except jwt.PyJWTError as error:
                raise _refused(_name(error)) from None
            else:
                self._check(payload)
                return payload
        raise _refused(_name(wrong))

    def _candidates(self, token: str) -> Iterable[Key]:
        """The keys to try: the one the token names first."""
        parts = token.count(".") + 1
        if parts != _PARTS:
            raise _refused(
                f"JWSError (CompactDecodeError Invalid number of parts: Expected {_PARTS} parts; got {parts})"
            )
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError as error:
            raise _refused(_name(error)) from None
        if header.get("alg") == "none":
            raise _refused("JWSError JWSNoSignatures")
        wanted = header.get("kid")
        return sorted(self._keys, key=lambda key: key.id is None or key.id != wanted)

    def _check(self, payload: dict[str, Any]) -> None:
        # As in Hasura, an audience or issuer that the token does not name is no reason to refuse it.
        allowed, named = self._configuration.audiences, payload.get("aud")
        if allowed is not None and named is not None:
            audiences = cast("list[Any]", named) if isinstance(named, list) else [named]
            if not any(isinstance(one, str) and one in allowed for one in audiences):
                raise _refused("JWTNotInAudience")
        issuer = self._configuration.issuer
        if issuer is not None and payload.get("iss") not in {None, issuer}:
            raise _refused("JWTNotInIssuer")


def issued_by(token: str) -> str | None:
    """What a token says its issuer is, before anyone has verified it; None if it says nothing."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    try:
        payload: Any = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    issuer = cast("Mapping[str, Any]", payload).get("iss") if isinstance(payload, dict) else None
    return issuer if isinstance(issuer, str) else None


def _name(error: jwt.PyJWTError) -> str:
    return next((name for kind, name in _WRONG if isinstance(error, kind)), f"JWSError {error}")


def _refused(name: str) -> EngineError:
    return EngineError("invalid-jwt", f"Could not verify JWT: {name}")
