"""Print `.env.example` with fresh secrets: `.venv/bin/python deploy/make_env.py > deploy/.env`.

What only its owner knows (the public URL, Daytona, mail) stays empty, and compose refuses to start until it is said.
"""
# ruff: noqa: T201, INP001  - a script of its own, outside every package, that prints

import re
import secrets
import time
from pathlib import Path

import jwt

EXAMPLE = Path(__file__).with_name(".env.example")
_KEY_LIFETIME_S = 10 * 365 * 24 * 3600
# Said by whoever runs the mail server and Daytona.
_OF_OTHERS = {"SMTP_PASSWORD"}
# Realtime takes these lengths only.
_HEX_CHARACTERS = {"REALTIME_ENCRYPTION_KEY": 16, "REALTIME_SECRET_KEY_BASE": 64, "JWT_SECRET": 64}
_TOKEN_OF_ROLE = {"FRACTALOPS_ANON_KEY": "anon", "SUPABASE_SERVICE_ROLE_KEY": "service_role"}


def filled(example: str) -> str:
    """The text of `.env`: secrets in hexadecimal, which needs no quoting in a URL, and two keys signed with one."""
    jwt_secret = _fresh("JWT_SECRET")
    lines: list[str] = []
    for line in example.splitlines():
        name = line.removesuffix("=")
        if name in _TOKEN_OF_ROLE:
            lines.append(f"{name}={_token(jwt_secret, _TOKEN_OF_ROLE[name])}")
        elif name == "JWT_SECRET":
            lines.append(f"{name}={jwt_secret}")
        elif line.endswith("=") and name not in _OF_OTHERS and re.search(r"_(?:PASSWORD|SECRET)$|^REALTIME_", name):
            lines.append(f"{name}={_fresh(name)}")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _fresh(name: str) -> str:
    return secrets.token_hex(_HEX_CHARACTERS.get(name, 48) // 2)


def _token(jwt_secret: str, role: str) -> str:
    now = int(time.time())
    claims = {"iss": "supabase", "role": role, "iat": now, "exp": now + _KEY_LIFETIME_S}
    return jwt.encode(claims, jwt_secret, algorithm="HS256")


if __name__ == "__main__":
    print(filled(EXAMPLE.read_text()), end="")
