"""A value that does not show itself."""

import hmac
from typing import NoReturn, final

_HIDDEN = "[secret]"


@final
class SecretValue:
    """A secret's value: printing and formatting hide it; JSON, pickle and copies are refused; `reveal` gives it.

    `is_same` compares without telling by time where two values part.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """The value itself; call it where it is handed over, and keep it nowhere."""
        return self.__text

    def is_same(self, other: "SecretValue") -> bool:
        """Whether both hold the same value."""
        return hmac.compare_digest(self.__text.encode(), other.reveal().encode())

    def __repr__(self) -> str:
        return _HIDDEN

    def __str__(self) -> str:
        return _HIDDEN

    def __format__(self, _specification: str) -> str:
        return _HIDDEN

    def __copy__(self) -> NoReturn:
        raise TypeError("A secret value is not copied.")

    def __deepcopy__(self, _memo: object) -> NoReturn:
        raise TypeError("A secret value is not copied.")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("A secret value is not pickled.")
