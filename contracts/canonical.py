"""The one byte form of a JSON value, and its digest.

RFC 8785 decides the bytes; this module only refuses what two readers could read differently, so that a digest names one
value and nothing else.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, cast

import rfc8785

DIGEST_PREFIX = "sha256:"

# A value nested deeper than this is an attack on the reader's stack, not a document.
DEPTH_MAX = 64

_DIGEST_LENGTH = len(DIGEST_PREFIX) + hashlib.sha256().digest_size * 2


class NotCanonicalError(ValueError):
    """A value has no canonical form; the message says where and why."""


def canonical_bytes(value: object) -> bytes:
    """The RFC 8785 bytes of a JSON value (mappings, lists, tuples, strings, integers, floats, booleans and None).

    Raises:
        NotCanonicalError: for a float that stands for an integer, NaN and infinities, integers beyond 53 bits, keys
            that are not strings, lone surrogates, too deep nesting and anything that JSON does not know.
    """
    _check(value, "$", 0)
    try:
        return rfc8785.dumps(cast("Any", value))
    except rfc8785.CanonicalizationError as error:
        raise NotCanonicalError(f"The value has no canonical form: {error}") from error


def digest(value: object) -> str:
    """`sha256:` and the hex SHA-256 of the value's canonical bytes."""
    return digest_of_bytes(canonical_bytes(value))


def digest_of_bytes(data: bytes) -> str:
    """`sha256:` and the hex SHA-256 of exactly these bytes."""
    return DIGEST_PREFIX + hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether the text is written like a digest of ours."""
    hexadecimal = text.removeprefix(DIGEST_PREFIX)
    return len(text) == _DIGEST_LENGTH and hexadecimal != text and set(hexadecimal) <= set("0123456789abcdef")


def _check(value: object, where: str, depth: int) -> None:
    if depth > DEPTH_MAX:
        raise NotCanonicalError(f"{where} is nested deeper than {DEPTH_MAX} levels.")
    match value:
        case None | bool() | int():
            return
        case float():
            if value.is_integer():
                raise NotCanonicalError(f"{where} is the float {value!r}, which must be written as an integer.")
        case str():
            _check_text(value, where)
        case Mapping():
            _check_members(cast("Mapping[object, object]", value), where, depth)
        case list() | tuple():
            for index, item in enumerate(cast("list[object]", value)):
                _check(item, f"{where}[{index}]", depth + 1)
        case _:
            raise NotCanonicalError(f"{where} is of type {type(value).__name__}, which JSON does not know.")


def _check_members(members: Mapping[object, object], where: str, depth: int) -> None:
    for key, member in members.items():
        if not isinstance(key, str):
            raise NotCanonicalError(f"{where} has the key {key!r}, which is not a string.")
        _check_text(key, where)
        _check(member, f"{where}.{key}", depth + 1)


def _check_text(text: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError(f"{where} holds a lone surrogate, which UTF-8 cannot carry.") from error
