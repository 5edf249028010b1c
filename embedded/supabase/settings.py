"""What one gateway is told at its start."""

from dataclasses import dataclass, field

from embedded.supabase.realtime.limits import RealtimeLimits


@dataclass(frozen=True)
class Settings:
    """Addresses, keys and limits; `access_token_hook` None means that tokens carry only the standard claims."""

    database_url: str
    jwt_secret: str
    anon_key: str
    service_role_key: str
    public_url: str
    token_ttl_s: int = 3600
    # Who lost our answer, or refreshes in two tabs at once, presents the token before the present one, which is always
    # answered. An older one is stolen, unless this many seconds forgive it.
    reuse_interval_s: int = 0
    access_token_hook: str | None = None
    limits: RealtimeLimits = field(default_factory=RealtimeLimits)

    @property
    def issuer(self) -> str:
        """The `iss` claim of every access token."""
        return f"{self.public_url}/auth/v1"
