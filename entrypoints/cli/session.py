"""Who is signed in: the session that commands speak with, kept in a file that only its owner may read."""

import base64
import fcntl
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from entrypoints.config import state_folder
from entrypoints.stack.home import write_private

# A token that ends sooner than this could end on its way.
_SPARE_S = 30


@dataclass(frozen=True, repr=False)
class Session:
    """One person's session at one platform, as Supabase Auth issued it."""

    supabase_url: str
    access_token: str
    refresh_token: str
    email: str
    org_id: str | None
    """None: the person belongs to no organization."""
    role: str | None
    expires_at: float

    @classmethod
    def of(cls, supabase_url: str, access_token: str, refresh_token: str) -> Self:
        """The session that the tokens stand for; who it is, is read from the access token."""
        claims = _claims(access_token)
        return cls(
            supabase_url=supabase_url,
            access_token=access_token,
            refresh_token=refresh_token,
            email=claims.get("email", ""),
            org_id=claims.get("org_id"),
            role=claims.get("organization_role"),
            expires_at=float(claims["exp"]),
        )

    @property
    def is_over(self) -> bool:
        """Whether the access token has ended, or is about to."""
        return time.time() > self.expires_at - _SPARE_S


class SessionFile:
    """The file in the state folder; one session at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder()
        self.path = self._folder / "session.json"

    def load(self) -> Session | None:
        """The session that was kept; None if nobody is signed in, or the file is of another make."""
        try:
            return Session(**json.loads(self.path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def keep(self, session: Session) -> None:
        """Replace the session that was kept."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_private(self.path, asdict(session))

    def forget(self) -> None:
        """Take the session away; safe to repeat."""
        self.path.unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Generator[None]:
        """Only one command at a time refreshes: a refresh token that is used twice ends its session."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "session.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _claims(token: str) -> dict[str, Any]:
    # Read for showing only; every server that is spoken to verifies the token itself.
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
