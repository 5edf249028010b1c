"""JSON Web Tokens signed with the project's secret: made here, and read with the words that Realtime answers."""

import base64
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import unquote

from embedded.supabase.json_values import Object, as_object, compact, parse

_DIGESTS = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
_PARTS = 3


class TokenError(Exception):
    """A token that is not accepted: `code` is Realtime's name for the kind, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def sign(secret: str, claims: Object) -> str:
    """`claims` as an HS256 token."""
    body = f"{_encode(compact({'alg': 'HS256', 'typ': 'JWT'}))}.{_encode(compact(claims))}"
    return f"{body}.{_encode(_signature(secret, 'HS256', body))}"


def verify(secret: str, token: str) -> Object:
    """All claims of a token that is signed, current and names a role.

    Raises:
        TokenError: with the code and text of the first check that failed.
    """
    token = "".join(unquote(token).split())
    if not token.isascii():
        raise _malformed()
    header, claims = _decoded(token)
    _check_signature(secret, token, header)
    _check_times(claims)
    if "role" not in claims or "exp" not in claims:
        raise TokenError("InvalidJWTToken", "Fields `role` and `exp` are required in JWT")
    return claims


def _decoded(token: str) -> tuple[Object, Object]:
    parts = token.split(".")
    try:
        header, claims = (as_object(parse(_decode(part))) for part in parts[:2])
    except ValueError:
        header = claims = None
    if len(parts) != _PARTS or header is None or claims is None:
        raise _malformed()
    return header, claims


def _malformed() -> TokenError:
    return TokenError("MalformedJWT", "The token provided is not a valid JWT")


def _check_signature(secret: str, token: str, header: Object) -> None:
    algorithm = header.get("alg")
    if algorithm not in _DIGESTS:
        text = "Failed to generate JWT signer, check your JWT secret or JWKS configuration"
        raise TokenError("JwtSignerError", text)
    body, _, signature = token.rpartition(".")
    if not hmac.compare_digest(_encode(_signature(secret, algorithm, body)).encode(), signature.rstrip("=").encode()):
        raise TokenError("JwtSignatureError", "Failed to validate JWT signature")


def _check_times(claims: Object) -> None:
    expires_at: Any = claims.get("exp")
    if expires_at is None:
        return
    if not _is_number(expires_at) or not _is_number(claims.get("iat", 0)):
        raise TokenError("InvalidJWTToken", "Token expiration time is invalid")
    if expires_at <= time.time():
        raise TokenError("InvalidJWTToken", expired_text(expires_at))


def expired_text(expires_at: float) -> str:
    """What a channel is told when its token has run out."""
    return f"Token has expired {max(0, int(time.time() - expires_at))} seconds ago"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _signature(secret: str, algorithm: str, body: str) -> bytes:
    return hmac.new(secret.encode(), body.encode(), _DIGESTS[algorithm]).digest()


def _encode(data: str | bytes) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
