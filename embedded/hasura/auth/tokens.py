"""The tokens a request carries, and which of the configurations is to verify which."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from embedded.hasura.auth.claims import Claims
from embedded.hasura.auth.configuration import Configuration, Location
from embedded.hasura.auth.jwt import JwtVerifier
from embedded.hasura.auth.keys import Key
from embedded.hasura.auth.remote_keys import RemoteKeys
from embedded.hasura.errors import EngineError


class Tokens:
    """Verifies the tokens of requests, whichever issuer they are from; `generation` counts the changes of keys."""

    def __init__(self, written: Sequence[dict[str, Any]]) -> None:
        """From the configured JSON objects.

        Raises:
            WrongSettingError: if one of them makes no sense.
        """
        configurations = [Configuration.of(one) for one in written]
        self._verifiers = [JwtVerifier(configuration) for configuration in configurations]
        pairs = zip(configurations, self._verifiers, strict=True)
        self._remote = [
            RemoteKeys(one.jwk_url, self._renewing(verifier)) for one, verifier in pairs if one.jwk_url is not None
        ]
        self.generation = 0

    def _renewing(self, verifier: JwtVerifier) -> Callable[[tuple[Key, ...]], None]:
        def use(keys: tuple[Key, ...]) -> None:
            if verifier.use(keys):
                # Whoever remembers what was verified with the keys before is to forget it.
                self.generation += 1

        return use

    @property
    def are_used(self) -> bool:
        """Whether there is any configuration."""
        return bool(self._verifiers)

    async def open(self) -> None:
        """Fetch the keys that are kept elsewhere, and keep them fresh; one that cannot be fetched is tried again."""
        for keys in self._remote:
            await keys.open()

    async def close(self) -> None:
        """Stop fetching keys."""
        for keys in self._remote:
            await keys.close()

    def claims(self, headers: Mapping[str, str]) -> Claims | None:
        """What the token of a request grants, None if it carries none.

        Raises:
            EngineError: invalid-headers, invalid-jwt, jwt-missing-role-claims or jwt-invalid-claims.
        """
        carried = [(verifier, token) for verifier in self._verifiers for token in _at(verifier.location, headers)]
        if not carried:
            return None
        if len(carried) == 1 and len(self._verifiers) == 1:
            verifier, token = carried[0]
            return verifier.verified(token)
        fitting = [(verifier, token) for verifier, token in carried if verifier.issues(token)]
        if not fitting:
            raise EngineError("invalid-jwt", "Could not verify JWT: JWTNotInIssuer")
        if len(fitting) > 1:
            raise EngineError("invalid-headers", "Could not verify JWT: Multiple JWTs found")
        verifier, token = fitting[0]
        return verifier.verified(token)


def _at(location: Location, headers: Mapping[str, str]) -> list[str]:
    match location.place:
        case "Authorization":
            written = headers.get("authorization")
            return [] if written is None else [_bearer(written)]
        case "CustomHeader":
            written = headers.get(location.name)
            return [] if written is None else [written]
        case "Cookie":
            return _cookie(headers.get("cookie", ""), location.name)


def _bearer(written: str) -> str:
    words = written.split()
    if len(words) != 2 or words[0] != "Bearer":  # noqa: PLR2004  - the word and the token
        raise EngineError("invalid-headers", "Malformed Authorization header")
    return words[1]


def _cookie(header: str, name: str) -> list[str]:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name and value:
            return [value]
    return []
