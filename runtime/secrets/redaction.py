"""Taking secret values out of bytes that will be written down: best effort, against accidents.

Whoever cuts a text redacts it first: half a value is not recognized.
"""

import base64
import html
import re
from collections.abc import Iterable

from runtime.secrets.value import SecretValue

REPLACEMENT = b"[redacted]"

# An encoded form or a line shorter than this would be found in innocent text.
_FORM_LENGTH_MIN = 6
_LINE_LENGTH_MIN = 12
# Longer ones are keys of many lines, each of which is looked for by itself; a pattern of all of it would be slow.
_SPELLED_LENGTH_MAX = 1024
# Backslashes double each time that a text is escaped again.
_BACKSLASHES = rb"\\{1,8}"
_LINE_BREAK = rb"(?:\r?\n)?"
_AMPERSAND = rb"&(?:amp;){0,4}"
_LATIN_1_MAX = 0xFF
_ESCAPES = {"\t": b"t", "\n": b"n", "\r": b"r", "\b": b"b", "\f": b"f"}


def redact(text: bytes, values: Iterable[SecretValue]) -> bytes:
    """`text` without the values: plain, hex, base64 (also within a longer encoding, also twice), and escaped.

    Each character may be escaped in a way of its own: for URLs, JSON, HTML or as Python shows it, also repeatedly.
    """
    patterns = {pattern for value in values for pattern in _patterns(value.reveal())}
    # Longest first, so that a form which contains another is taken out whole.
    for pattern in sorted(patterns, key=lambda one: (len(one), one), reverse=True):
        text = re.sub(pattern, REPLACEMENT, text)
    return text


def _patterns(value: str) -> set[bytes]:
    plain = value.encode("utf-8", "surrogateescape")
    if not plain:
        return set()
    patterns = {re.escape(plain)}
    # A key of many lines is often shown line by line, indented or with other line ends.
    lines = [line.strip() for line in value.splitlines() if len(line.strip()) >= _LINE_LENGTH_MIN]
    patterns |= {_spelled(one) for one in (value, *lines) if len(one) <= _SPELLED_LENGTH_MAX}
    encoded = {form for form in _base64_forms(plain) if len(form) >= _FORM_LENGTH_MIN}
    encoded |= {twice for form in encoded for twice in _base64_forms(form)}
    patterns |= {_in_any_alphabet(form) for form in encoded}
    if len(plain) * 2 >= _FORM_LENGTH_MIN:
        patterns.add(b"(?i:" + plain.hex().encode() + b")")
    return patterns


def _base64_forms(plain: bytes) -> set[bytes]:
    forms: set[bytes] = set()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain).rstrip(b"=")
        # The first characters mix with what stands before the value, the last one with what stands behind it.
        first = (0, 2, 3)[shift]
        last = len(encoded) - (1 if (shift + len(plain)) % 3 else 0)
        forms.add(encoded[first:last])
    return forms


def _in_any_alphabet(encoded: bytes) -> bytes:
    """A pattern of base64 in either alphabet, its special characters escaped or not, in one line or in many."""
    special = {ord("+"): b"(?:" + _letter("+") + b"|-)", ord("/"): b"(?:" + _letter("/") + b"|_)"}
    return _LINE_BREAK.join(special.get(byte, bytes((byte,))) for byte in encoded)


def _spelled(value: str) -> bytes:
    """A pattern of the value in which each character is written plainly or escaped."""
    return b"".join(b"(?:" + _letter(character) + b")" for character in value)


def _letter(character: str) -> bytes:
    """The alternatives for one character."""
    plain, code = character.encode("utf-8", "surrogateescape"), ord(character)
    units = character.encode("utf-16-be", "surrogatepass")
    ways = {
        # Some programs take UTF-8 for Latin-1 and write it as UTF-8 again.
        *(re.escape(plain), re.escape(plain.decode("latin-1").encode())),
        b"".join(b"%%(?:25){0,4}(?i:%02x)" % byte for byte in plain),
        b"".join(_BACKSLASHES + b"x(?i:%02x)" % byte for byte in plain),
        b"".join(_BACKSLASHES + b"u(?i:%02x%02x)" % pair for pair in zip(units[::2], units[1::2], strict=True)),
        _AMPERSAND + b"#(?:0*%d|(?i:x0*%x));" % (code, code),
    }
    if (escaped := html.escape(character)) != character:
        ways.add(_AMPERSAND + escaped[1:].encode())
    if code <= _LATIN_1_MAX:
        ways |= {re.escape(bytes((code,))), _BACKSLASHES + b"x(?i:%02x)" % code}
    if character == "\\":
        ways.add(_BACKSLASHES)
    elif not character.isalnum():
        ways.add(_BACKSLASHES + _ESCAPES.get(character, re.escape(plain)))
    if character == " ":
        ways.add(rb"\+")
    # Escapes first: a per cent sign is also the beginning of its own escape.
    return b"|".join(sorted(sorted(ways), key=len, reverse=True))
