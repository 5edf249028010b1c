"""Read variables named like Hasura's own, and refuse values that make no sense."""

import json
from collections.abc import Collection, Mapping
from typing import Any, TypeVar, cast

PREFIX = "HASURA_GRAPHQL_"

_TRUE, _FALSE = frozenset({"true", "t", "yes", "y", "1"}), frozenset({"false", "f", "no", "n", "0"})

Word = TypeVar("Word", bound=str)


class WrongSettingError(Exception):
    """A variable whose value makes no sense."""


class Environment:
    """Variables by the rest of their names; one that is empty counts as not set."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables

    def text(self, name: str) -> str | None:
        """What a variable says."""
        return self.variables.get(PREFIX + name) or None

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """A whole number, `least` or more.

        Raises:
            WrongSettingError: if it is none.
        """
        written = self.text(name)
        if written is None:
            return default
        if not written.isdecimal():
            raise WrongSettingError(f"{PREFIX}{name} is no whole number: {written}")
        if int(written) < least:
            raise WrongSettingError(f"{PREFIX}{name} must be {least} or more: {written}")
        return int(written)

    def truth(self, name: str, *, default: bool) -> bool:
        """True or false, in any of the ways Hasura lets them be written.

        Raises:
            WrongSettingError: if it is neither.
        """
        written = (self.text(name) or "").lower()
        if not written:
            return default
        if written not in _TRUE | _FALSE:
            raise WrongSettingError(f"{PREFIX}{name} is neither true nor false: {written}")
        return written in _TRUE

    def word(self, name: str, allowed: Collection[Word], default: Word) -> Word:
        """One of a few words.

        Raises:
            WrongSettingError: if it is another.
        """
        written = (self.text(name) or default).lower()
        for word in allowed:
            if word == written:
                return word
        raise WrongSettingError(f"{PREFIX}{name} must be one of {', '.join(allowed)}: {written}")

    def words(self, name: str, allowed: Collection[str], default: Collection[str]) -> frozenset[str]:
        """Some of a few words, separated by commas.

        Raises:
            WrongSettingError: if there is another among them.
        """
        written = self.text(name)
        if written is None:
            return frozenset(default)
        words = frozenset(word.strip().lower() for word in written.split(",") if word.strip())
        unknown = sorted(words - set(allowed))
        if unknown:
            raise WrongSettingError(f"{PREFIX}{name} may hold {', '.join(allowed)}; it holds {', '.join(unknown)}")
        return words

    def object(self, name: str) -> dict[str, Any] | None:
        """A JSON object.

        Raises:
            WrongSettingError: if it is none.
        """
        value = self._json(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise WrongSettingError(f"{PREFIX}{name} is no JSON object")
        return cast("dict[str, Any]", value)

    def objects(self, name: str) -> tuple[dict[str, Any], ...] | None:
        """A JSON list of objects.

        Raises:
            WrongSettingError: if it is none.
        """
        value = self._json(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in cast("list[Any]", value)):
            raise WrongSettingError(f"{PREFIX}{name} is no JSON list of objects")
        return tuple(cast("list[dict[str, Any]]", value))

    def _json(self, name: str) -> Any:
        written = self.text(name)
        if written is None:
            return None
        try:
            return json.loads(written)
        except (ValueError, RecursionError):
            raise WrongSettingError(f"{PREFIX}{name} is no JSON") from None
