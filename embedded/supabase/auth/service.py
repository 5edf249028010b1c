"""What every Auth handler works with."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from embedded.supabase.auth.hook import Hook
from embedded.supabase.auth.limits import TokenLimit
from embedded.supabase.auth.passwords import Passwords
from embedded.supabase.database import Pool
from embedded.supabase.settings import Settings


@dataclass(frozen=True)
class AuthService:
    """Settings, connections and helpers; `hook` None means that access tokens carry the standard claims only."""

    settings: Settings
    pool: Pool
    passwords: Passwords
    limit: TokenLimit
    hook: Hook | None


def service_of(request: Request) -> AuthService:
    """The service that the application was started with."""
    return cast("AuthService", request.app.state.auth)
