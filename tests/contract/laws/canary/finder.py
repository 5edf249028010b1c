"""Seeing a canary's value in bytes, however it is written and wherever it is cut.

An end of a value is letters and digits alone, which JSON, URLs, HTML and repr leave as they are; so the plain end shows
all of these, and only what re-codes whole bytes needs a form of its own.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from ahocorasick_rs import BytesAhoCorasick

from tests.contract.laws.canary.values import Canaries, writings

_PIECE = "a piece of it"
_MARGIN_BYTES = 4 * 1024
_WINDOW_BYTES = 64 * 1024
_OPENED_BYTES_MAX = 256 * 1024 * 1024


@dataclass(frozen=True, order=True)
class Found:
    """A place in the searched bytes, whose value stands there, and how it is written."""

    at: int
    contract: str
    form: str

    def __str__(self) -> str:
        return f"the value behind {self.contract}, {self.form}"


def finds(haystack: bytes, canaries: Canaries) -> list[Found]:
    """Every place where a value, or an end of one, stands; nothing of the value is in the answer."""
    automaton, meant = _automaton(canaries.head, canaries.tail)
    places = automaton.find_matches_as_indexes(haystack, overlapping=True)
    found = [_told(haystack, canaries, *meant[which], at) for which, at, _ in places]
    return _merged(sorted(found))


def finds_in(pieces: Iterable[bytes], canaries: Canaries) -> list[Found]:
    """The same for bytes that come in pieces; a value that two pieces share is found."""
    found: list[Found] = []
    # The margins on both sides of what is looked at are longer than any value, so that each is seen whole.
    held, begins, looked = b"", 0, 0
    for piece in pieces:
        held += piece
        if len(held) > looked + _WINDOW_BYTES:
            end = len(held) - _MARGIN_BYTES
            found += _shifted(finds(held, canaries), looked, end, begins)
            kept = max(0, end - _MARGIN_BYTES)
            held, begins, looked = held[kept:], begins + kept, end - kept
    found += _shifted(finds(held, canaries), looked, len(held), begins)
    return _merged(sorted(found))


def _shifted(found: list[Found], begin: int, end: int, by: int) -> list[Found]:
    return [Found(by + one.at, one.contract, one.form) for one in found if begin <= one.at < end]


def opened(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, and what they hold if they are compressed."""
    yield data
    for magic, wbits in ((b"\x1f\x8b", zlib.MAX_WBITS | 16), (b"\x78", zlib.MAX_WBITS)):
        if data.startswith(magic):
            try:
                yield zlib.decompressobj(wbits).decompress(data, _OPENED_BYTES_MAX)
            except zlib.error:
                return


@cache
def _automaton(*ends: str) -> tuple[BytesAhoCorasick, list[tuple[str, str]]]:
    """What finds all forms of the ends in one pass, and for each literal that it looks for the form and the end."""
    meant: dict[bytes, tuple[str, str]] = {}
    for end in ends:
        for form, literal in _forms(end):
            meant.setdefault(literal, (form, end))
    return BytesAhoCorasick(list(meant)), list(meant.values())


def _forms(end: str) -> Iterator[tuple[str, bytes]]:
    plain = end.encode()
    yield "plain", plain
    for shift, once in enumerate(_base64(plain)):
        yield f"base64 at alignment {shift}", once
        for twice in _base64(once):
            yield "base64 twice", twice
    yield "hexadecimal", plain.hex().encode()
    yield "hexadecimal in upper case", plain.hex().upper().encode()
    yield "every byte URL-encoded", "".join(f"%{byte:02X}" for byte in plain).encode()
    yield "every byte URL-encoded in lower case", "".join(f"%{byte:02x}" for byte in plain).encode()
    for escape, case in product(("\\u", "\\\\u"), ("x", "X")):
        yield "every character JSON-escaped", "".join(f"{escape}{byte:04{case}}" for byte in plain).encode()
    yield "UTF-16", end.encode("utf-16-le")
    yield "UTF-16", end.encode("utf-16-be")


def _base64(plain: bytes) -> list[bytes]:
    """How the bytes look inside a longer base64 text, for each of the three ways in which they can lie in it."""
    whole: list[bytes] = []
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain).rstrip(b"=")
        whole.append(encoded[(0, 2, 3)[shift] : len(encoded) - (1 if (shift + len(plain)) % 3 else 0)])
    return whole


def _told(haystack: bytes, canaries: Canaries, form: str, end: str, at: int) -> Found:
    """Whose value it is, by the number beside its end, and how all of it is written."""
    for canary in canaries.made.values():
        told = end + canary.number if end == canaries.head else canary.number + end
        if not any(_family(name) == _family(form) and _stands(haystack, piece, at) for name, piece in _forms(told)):
            continue
        if form == "plain":
            ways = (name for name, text in writings(canary.value).items() if _stands(haystack, text.encode(), at))
            form = next(ways, _PIECE)
        return Found(at, canary.contract, form)
    return Found(at, canaries.contract_of(""), _PIECE if form == "plain" else form)


def _family(form: str) -> str:
    """Base64 is one, whatever the alignment: the number shifts it."""
    return form.partition(" at ")[0]


def _stands(haystack: bytes, piece: bytes, at: int) -> bool:
    """Whether the piece stands around the place: it begins there, or ends where an end of the value does."""
    begin = max(0, at - len(piece))
    return piece in haystack[begin : at + len(piece)]


def _merged(found: list[Found]) -> list[Found]:
    """One for each value that stands there: its tail a little behind its head is the same one."""
    merged: list[Found] = []
    for one in found:
        before = merged[-1] if merged else None
        if before is None or one.contract != before.contract or one.at - before.at > 8 * 64 or one.form != before.form:
            merged.append(one)
    return merged
