"""Canary values: told from everything else by their two ends, and written differently in every encoding."""

import base64
import html
import json
import secrets
import string
import urllib.parse
from dataclasses import dataclass, field

_LETTERS = string.ascii_letters + string.digits
_END_LENGTH = 12
# What JSON escapes, what URLs escape, what shells, HTML and Python's repr escape.
_ASCII = "\"\\/+ %&={}<>?#@:;'"
_BEYOND_ASCII = _ASCII + "é€"


def _random() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_END_LENGTH))


@dataclass(frozen=True)
class Canary:
    """One value and the secret contract that it stands behind."""

    contract: str
    number: str
    value: str


@dataclass
class Canaries:
    """All values of one run; each begins with the same `head` and ends with the same `tail`.

    Wherever a value is cut, one of its ends stays whole unless less than an end is left.
    """

    head: str = field(default_factory=_random)
    tail: str = field(default_factory=_random)
    made: dict[str, Canary] = field(default_factory=dict)

    def of(self, contract: str, *, ascii_only: bool = False) -> Canary:
        """The value behind the contract; asked again, the same one."""
        if contract not in self.made:
            # Letters around the figures, because base64 blurs the last letter of what it holds.
            number = f"x{len(self.made):03d}x"
            middle = _ASCII if ascii_only else _BEYOND_ASCII
            self.made[contract] = Canary(contract, number, f"{self.head}{number}{middle}{number}{self.tail}")
        return self.made[contract]

    def contract_of(self, number: str) -> str:
        """Which contract's value has the number, as words of a sentence."""
        return next((one.contract for one in self.made.values() if one.number == number), "a secret contract")


def writings(value: str) -> dict[str, str]:
    """The value in every way in which programs write a text down, by the name of that way."""
    plain = value.encode()
    quoted, escaped = urllib.parse.quote(value, safe=""), json.dumps(value)[1:-1]
    encoded = base64.b64encode(plain).decode()
    basic = {
        f"base64 of user:value, {len(user)} letters before": base64.b64encode(f"{user}:{value}".encode()).decode()
        for user in ("ab", "git", "user")
    }
    return {
        "plain": value,
        "base64": encoded,
        "base64 for URLs": base64.urlsafe_b64encode(plain).decode().rstrip("="),
        **basic,
        "base64 twice": base64.b64encode(encoded.encode()).decode(),
        "URL-encoded": quoted,
        "URL-encoded in lower case": _lower_escapes(quoted),
        "URL-encoded as a form": urllib.parse.quote_plus(value),
        "URL-encoded but for slashes": urllib.parse.quote(value),
        "URL-encoded twice": urllib.parse.quote(quoted, safe=""),
        "in a URL": f"https://user:{quoted}@host.test/",
        "every byte URL-encoded": "".join(f"%{byte:02X}" for byte in plain),
        "JSON-escaped": escaped,
        "JSON as it is": json.dumps(value, ensure_ascii=False)[1:-1],
        "JSON with slashes escaped": escaped.replace("/", "\\/"),
        "JSON for HTML": escaped.translate({ord(one): f"\\u{ord(one):04X}" for one in "<>&'+"}),
        "JSON in JSON": json.dumps(escaped)[1:-1],
        "every character JSON-escaped": "".join(f"\\u{ord(one):04x}" for one in value),
        "Python's repr": repr(value)[1:-1],
        "Python's repr of bytes": repr(plain)[2:-1],
        "HTML": html.escape(value),
        "hexadecimal": plain.hex(),
        "hexadecimal in upper case": plain.hex().upper(),
    }


def _lower_escapes(quoted: str) -> str:
    first, *rest = quoted.split("%")
    return first + "".join(f"%{part[:2].lower()}{part[2:]}" for part in rest)
