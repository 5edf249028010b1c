"""Who is asking: the role and the session variables of a request."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from embedded.hasura.auth.jwt import JwtVerifier
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.tracked import ADMIN

_PREFIX = "x-hasura-"
_ROLE = "x-hasura-role"
_SECRETS = ("x-hasura-admin-secret", "x-hasura-access-key")
_NAMED = "x-hasura-admin-secret/x-hasura-access-key"
_BACKEND_ONLY = "x-hasura-use-backend-only-permissions"
_BOOLEANS = {"true": True, "t": True, "yes": True, "y": True, "1": True,
             "false": False, "f": False, "no": False, "n": False, "0": False}  # fmt: skip

_NO_BOOLEAN = (
    'Not a valid boolean text. True values are ["true","t","yes","y"] and  '
    'False values are ["false","f","no","n"]. All values are case insensitive'
)

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Identity:
    """A role and its session variables, names in lower case; `expires_at` is when a token ends, in Unix seconds."""

    role: str
    session: dict[str, str]
    backend: bool = False
    expires_at: float | None = None

    @property
    def is_admin(self) -> bool:
        """Whether everything is allowed."""
        return self.role == ADMIN


class Authenticator:
    """Decides who is asking, from the headers of a request."""

    def __init__(self, admin_secret: str | None, verifier: JwtVerifier | None, unauthorized_role: str | None) -> None:
        self._secret_digest = None if admin_secret is None else _digest(admin_secret)
        self._verifier = verifier
        self._unauthorized_role = unauthorized_role

    def identify(self, headers: Headers) -> Identity:
        """The identity of a request whose header names are in lower case.

        Raises:
            EngineError: access-denied, invalid-headers, invalid-jwt, jwt-missing-role-claims or jwt-invalid-claims.
        """
        if self._secret_digest is None:
            return self._trusted(headers)
        given = next((headers[name] for name in _SECRETS if name in headers), None)
        if given is not None:
            if not hmac.compare_digest(_digest(given), self._secret_digest):
                raise EngineError("access-denied", f"invalid {_NAMED}")
            return self._trusted(headers)
        if self._verifier is not None:
            return self._by_token(self._verifier, headers)
        if self._unauthorized_role is not None:
            return self._anonymous(self._unauthorized_role, headers)
        raise EngineError("access-denied", f"{_NAMED} required, but not found")

    def _trusted(self, headers: Headers) -> Identity:
        session = _session(headers)
        role = session.get(_ROLE, ADMIN)
        written = headers.get(_BACKEND_ONLY, "false").lower()
        if written not in _BOOLEANS:
            allowed = 'Not a valid boolean text. True values are ["true","t","yes","y"] and  False values are'
            raise EngineError(
                "bad-request", f'{_BACKEND_ONLY}:  {allowed} ["false","f","no","n"]. All values are case insensitive'
            )
        return Identity(role, {**session, _ROLE: role}, backend=_BOOLEANS[written])

    def _anonymous(self, role: str, headers: Headers) -> Identity:
        return Identity(role, {**_session(headers), _ROLE: role})

    def _by_token(self, verifier: JwtVerifier, headers: Headers) -> Identity:
        token = verifier.token_in(headers)
        if token is None:
            if self._unauthorized_role is not None:
                return self._anonymous(self._unauthorized_role, headers)
            raise EngineError(
                "invalid-headers", "Missing 'Authorization' or 'Cookie' header in JWT authentication mode"
            )
        claims = verifier.verified(token)
        role = headers.get(_ROLE, claims.default_role)
        if role not in claims.allowed_roles:
            raise EngineError("access-denied", "Your requested role is not in allowed roles", status=400)
        return Identity(role, {**claims.session, _ROLE: role}, expires_at=claims.expires_at)


def _session(headers: Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.startswith(_PREFIX) and name not in _SECRETS}


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
