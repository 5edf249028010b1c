"""Taking secret values out of bytes that will be written down: best effort, against accidents."""

import base64
import json
import urllib.parse
from collections.abc import Iterable

from runtime.secrets.value import SecretValue

REPLACEMENT = b"[redacted]"

# An encoded form or a line shorter than this would be found in innocent text.
_FORM_LENGTH_MIN = 6
_LINE_LENGTH_MIN = 12
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def redact(text: bytes, values: Iterable[SecretValue]) -> bytes:
    """`text` without the values: plain, base64 (also within a longer encoding), URL-encoded, JSON-escaped and hex."""
    forms = {form for value in values for form in _forms(value.reveal())}
    # Longest first, so that a form which contains another is taken out whole.
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, REPLACEMENT)
    return text


def _forms(value: str) -> set[bytes]:
    plain = value.encode("utf-8", "surrogateescape")
    forms = {plain, *_base64_forms(plain), *_url_forms(plain), *_json_forms(value), plain.hex().encode()}
    forms = {form for form in forms if len(form) >= _FORM_LENGTH_MIN}
    # A key of many lines is often shown line by line, indented or with other line ends.
    forms |= {line.strip() for line in plain.splitlines() if len(line.strip()) >= _LINE_LENGTH_MIN}
    return (forms | {plain}) - {b""}


def _base64_forms(plain: bytes) -> set[bytes]:
    forms: set[bytes] = set()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain).rstrip(b"=")
        # The first characters mix with what stands before the value, the last one with what stands behind it.
        first = (0, 2, 3)[shift]
        last = len(encoded) - (1 if (shift + len(plain)) % 3 else 0)
        forms |= {encoded[first:last], encoded[first:last].translate(_URL_SAFE)}
    return forms


def _url_forms(plain: bytes) -> set[bytes]:
    quoted = [urllib.parse.quote(plain, safe=safe).encode() for safe in ("", "/", "/:@!$&'()*+,;=~")]
    quoted.append(urllib.parse.quote_plus(plain).encode())
    return {*quoted, *(_lower_escapes(one) for one in quoted)}


def _lower_escapes(quoted: bytes) -> bytes:
    first, *rest = quoted.split(b"%")
    return first + b"".join(b"%" + part[:2].lower() + part[2:] for part in rest)


def _json_forms(value: str) -> set[bytes]:
    written = [json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)]
    written += [one.replace("/", "\\/") for one in written]
    return {one.encode("utf-8", "surrogateescape") for one in written}
