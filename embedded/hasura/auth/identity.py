"""Who is asking: the role and the session variables of a request."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from embedded.hasura.auth.tokens import Tokens
from embedded.hasura.errors import EngineError
from embedded.hasura.schema.tracked import ADMIN

_PREFIX = "x-hasura-"
_ROLE = "x-hasura-role"
_SECRETS = ("x-hasura-admin-secret", "x-hasura-access-key")
_NAMED = "x-hasura-admin-secret/x-hasura-access-key"
_BACKEND_ONLY = "x-hasura-use-backend-only-permissions"
_BOOLEANS = {"true": True, "t": True, "yes": True, "y": True,
             "false": False, "f": False, "no": False, "n": False}  # fmt: skip

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

    def __init__(self, admin_secret: str | None, tokens: Tokens | None, unauthorized_role: str | None) -> None:
        self._secret_digest = None if admin_secret is None else _digest(admin_secret)
        self._tokens = tokens
        self._unauthorized_role = unauthorized_role

    @property
    def generation(self) -> int:
        """A number that is another one as soon as an answer given before might be different now."""
        return 0 if self._tokens is None else self._tokens.generation

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
        if self._tokens is not None and self._tokens.are_used:
            return self._by_token(self._tokens, headers)
        if self._unauthorized_role is not None:
            return self._anonymous(self._unauthorized_role, headers)
        raise EngineError("access-denied", f"{_NAMED} required, but not found")

    def _trusted(self, headers: Headers) -> Identity:
        session = _session(headers)
        role = session.get(_ROLE) or ADMIN
        written = headers.get(_BACKEND_ONLY, "false").lower()
        if written not in _BOOLEANS:
            raise EngineError("bad-request", f"{_BACKEND_ONLY}:  {_NO_BOOLEAN}")
        return Identity(role, {**session, _ROLE: role}, backend=_BOOLEANS[written])

    def _anonymous(self, role: str, headers: Headers) -> Identity:
        return Identity(role, {**_session(headers), _ROLE: role})

    def _by_token(self, tokens: Tokens, headers: Headers) -> Identity:
        claims = tokens.claims(headers)
        if claims is None:
            if self._unauthorized_role is not None:
                return self._anonymous(self._unauthorized_role, headers)
            raise EngineError(
                "invalid-headers", "Missing 'Authorization' or 'Cookie' header in JWT authentication mode"
            )
        role = headers.get(_ROLE) or claims.default_role
        if role not in claims.allowed_roles:
            raise EngineError("access-denied", "Your requested role is not in allowed roles", status=400)
        return Identity(role, {**claims.session, _ROLE: role}, expires_at=claims.expires_at)


def named(variables: Mapping[str, str]) -> Identity:
    """Whoever has these session variables, named in any case; without a role among them, an administrator."""
    session = _session({name.lower(): value for name, value in variables.items()})
    role = session.get(_ROLE) or ADMIN
    return Identity(role, {**session, _ROLE: role})


def _session(headers: Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.startswith(_PREFIX) and name not in _SECRETS}


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
