"""Which pages of other origins may ask, as the browser is told."""

from dataclasses import dataclass

from embedded.hasura.settings import Settings, WrongSettingError

Headers = list[tuple[bytes, bytes]]

_PREFLIGHT_S = b"1728000"
_METHODS = b"GET,POST,PUT,PATCH,DELETE,OPTIONS"


@dataclass(frozen=True)
class Origins:
    """The origins that may ask; a domain such as `https://*.example.com` stands for each one a label below it."""

    all: bool
    exact: frozenset[str]
    below: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, settings: Settings) -> "Origins":
        """The origins that the settings name.

        Raises:
            WrongSettingError: if one of them is no origin.
        """
        if settings.cors_disabled:
            return cls(all=False, exact=frozenset(), below=frozenset())
        domains = [domain.strip().rstrip("/") for domain in settings.cors_domain.split(",")]
        for domain in domains:
            if domain != "*" and "://" not in domain:
                raise WrongSettingError(f"HASURA_GRAPHQL_CORS_DOMAIN: {domain} is neither * nor like https://a.com")
        split = [domain.split("://*.", 1) for domain in domains if "://*." in domain]
        return cls(
            all="*" in domains,
            exact=frozenset(domain for domain in domains if "*" not in domain),
            below=frozenset((scheme, rest) for scheme, rest in split),
        )

    def allow(self, origin: str) -> bool:
        """Whether pages of an origin may ask."""
        if self.all or origin in self.exact:
            return True
        scheme, _, host = origin.partition("://")
        label, _, rest = host.partition(".")
        return bool(label) and (scheme, rest) in self.below

    def headers(self, origin: bytes | None) -> Headers:
        """What is added to every answer to such a page."""
        if origin is None or not self.allow(origin.decode("latin-1")):
            return []
        return [
            (b"access-control-allow-origin", origin),
            (b"access-control-allow-credentials", b"true"),
            (b"access-control-allow-methods", _METHODS),
            (b"vary", b"Origin"),
        ]


def preflight_headers(wanted: bytes | None) -> Headers:
    """What a browser is told beforehand, when it asks for the headers `wanted`."""
    return [
        (b"access-control-max-age", _PREFLIGHT_S),
        (b"access-control-allow-headers", wanted or b"*"),
        (b"content-length", b"0"),
    ]
