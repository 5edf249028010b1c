"""The folder in which one stack keeps its data, keys and logs, and the credentials generated for it."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TextIO

_KEY_LIFETIME_S = 10 * 365 * 24 * 3600
LOGIN_ROLES = ("fo_api", "fo_dispatcher", "fo_worker", "fo_runtime", "fo_hasura")


class AlreadyRunningError(Exception):
    """Another supervisor holds this folder."""


@dataclass(frozen=True, repr=False)
class Credentials:
    """What was generated for one stack; it opens nothing but that stack."""

    superuser_password: str
    role_passwords: Mapping[str, str]
    action_secret: str
    admin_secret: str
    jwt_secret: str
    anon_key: str
    service_role_key: str
    daytona_api_key: str
    user_password: str

    @classmethod
    def generate(cls) -> Self:
        """Fresh ones, long enough that nobody guesses them."""
        jwt_secret = secrets.token_hex(32)
        return cls(
            superuser_password=secrets.token_hex(16),
            role_passwords={role: secrets.token_hex(16) for role in LOGIN_ROLES},
            action_secret=secrets.token_hex(24),
            admin_secret=secrets.token_hex(24),
            jwt_secret=jwt_secret,
            anon_key=_api_key(jwt_secret, "anon"),
            service_role_key=_api_key(jwt_secret, "service_role"),
            daytona_api_key=f"dtn_{secrets.token_hex(24)}",
            user_password=secrets.token_urlsafe(12),
        )


class Home:
    """One stack's folder; only its owner may look inside what is secret."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.logs = folder / "logs"
        self.keys = folder / "keys"
        self._held: TextIO | None = None

    def prepare(self) -> None:
        """Make the folders; safe to repeat."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for secret in (self.data, self.logs, self.keys):
            secret.mkdir(mode=0o700, exist_ok=True)

    def credentials(self) -> Credentials:
        """Those of this folder, generated at the first call and kept in a file that only its owner may read."""
        kept = self.folder / "credentials.json"
        if kept.exists():
            return Credentials(**json.loads(kept.read_text()))
        made = Credentials.generate()
        write_private(kept, asdict(made))
        return made

    def hold(self) -> None:
        """Be the one supervisor of this folder until `release`, or until this process ends.

        Raises:
            AlreadyRunningError: if somebody else is.
        """
        held = (self.folder / "stack.lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            raise AlreadyRunningError(str(self.folder)) from None
        self._held = held

    @property
    def held_files(self) -> list[int]:
        """The file descriptors of the lock, empty if it is not held."""
        return [self._held.fileno()] if self._held else []

    def is_held(self) -> bool:
        """Whether some supervisor, in this process or another, holds the folder now."""
        try:
            with (self.folder / "stack.lock").open("r") as asked:
                fcntl.flock(asked, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def release(self) -> None:
        """Give the folder free; safe to repeat."""
        if self._held:
            self._held.close()
            self._held = None


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a JSON file at once, readable for its owner alone."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=2)
    beside.replace(path)


def _api_key(jwt_secret: str, role: str) -> str:
    import jwt  # noqa: PLC0415  - costs every command a sixth of a second, and only a new folder needs it

    now = int(time.time())
    claims = {"iss": "supabase", "role": role, "iat": now, "exp": now + _KEY_LIFETIME_S}
    return jwt.encode(claims, jwt_secret, algorithm="HS256")
