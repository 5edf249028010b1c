"""Where Postgres is, as its URL says: the only addresses that the API may speak to."""

import ipaddress
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from entrypoints.config import POSTGRES_PORT


@dataclass(frozen=True)
class Database:
    """The database's addresses by name, so that a name may come to mean another machine after a failover."""

    servers: frozenset[tuple[str, int]]
    sockets: frozenset[str]

    @classmethod
    def of(cls, url: str) -> Self:
        """The addresses in a URL as libpq writes them: several hosts, ports of their own, folders of unix sockets.

        Raises:
            ValueError: if the URL names no host, for then nobody could say where the database is.
        """
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        listed = parts.netloc.rpartition("@")[2] or ",".join(query.get("host", []))
        otherwise = ",".join(query.get("port", [])).split(",")
        servers: set[tuple[str, int]] = set()
        sockets: set[str] = set()
        for place, one in enumerate(listed.split(",")):
            host, port = _host_and_port(one)
            number = int(port or otherwise[min(place, len(otherwise) - 1)] or POSTGRES_PORT)
            if host.startswith("/"):
                sockets.add(f"{host.rstrip('/')}/.s.PGSQL.{number}")
            elif host:
                servers.add((host, number))
        if not servers and not sockets:
            raise ValueError("the database's URL names no host, so that nobody could say where it is")
        return cls(frozenset(servers), frozenset(sockets))

    @property
    def ports(self) -> frozenset[int]:
        """The TCP ports on which the database answers."""
        return frozenset(port for _, port in self.servers)

    @property
    def names(self) -> frozenset[str]:
        """The hosts that somebody has to look up."""
        return frozenset(host for host, _ in self.servers if not is_number(host))

    def serves(self, host: object, port: object) -> bool:
        """Whether a host and port are the database's."""
        return (str(host), port) in self.servers

    def listens_at(self, path: object) -> bool:
        """Whether a unix socket is the database's."""
        return isinstance(path, str) and path in self.sockets


def is_number(host: str) -> bool:
    """Whether a host is an IP address, which nobody looks up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _host_and_port(listed: str) -> tuple[str, str]:
    # [::1]:5432, host:5432, host, %2Frun%2Fpostgresql
    if listed.startswith("["):
        host, _, port = listed[1:].partition("]")
        return host, port.removeprefix(":")
    if listed.startswith("/"):
        return listed, ""
    host, _, port = listed.partition(":")
    return unquote(host), port
