"""What one gateway is told at its start."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Addresses, keys and limits; `access_token_hook` None means that tokens carry only the standard claims."""

    database_url: str
    jwt_secret: str
    anon_key: str
    service_role_key: str
    public_url: str
    token_ttl_s: int = 3600
    access_token_hook: str | None = None

    @property
    def issuer(self) -> str:
        """The `iss` claim of every access token."""
        return f"{self.public_url}/auth/v1"
