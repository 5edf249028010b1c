"""Endpoint contracts: where a system is, how to authenticate, and how to see that it is ready."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.base import Action, Contract, EventData, Mutation, Name, Recorded
from contracts.canonical import canonical_bytes, digest
from contracts.refusals import Code
from contracts.vocabulary import Role

# An escaped NUL in JSON, and not a backslash before the letters u0000.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SCHEMES = ("https", "http", "ssh", "git", "file")


def _plain_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        # Read, because what stands behind the host's colon is a password if it is no port.
        _ = parts.port
    except ValueError:
        # Its words quote what may be a credential.
        raise ValueError("this is no URL with a host and, if need be, a port") from None
    if parts.scheme not in _SCHEMES:
        raise ValueError(f"a URL starts with one of {', '.join(s + '://' for s in _SCHEMES)}")
    if parts.password or (parts.username and parts.scheme != "ssh"):
        raise ValueError("a URL carries no credential; name a secret contract instead")
    if parts.scheme != "file" and not parts.hostname:
        raise ValueError("a URL names a host")
    return value


Url = Annotated[
    str, StringConstraints(min_length=8, max_length=2_000, pattern=r"^[^\x00-\x20\x7f]+$"), AfterValidator(_plain_url)
]


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    if _NUL.search(canonical_bytes(value)):
        raise ValueError("a NUL character cannot be expected: nothing stores it")
    return value


class AuthKind(StrEnum):
    """How a caller proves itself to an endpoint."""

    NONE = "none"
    BEARER = "bearer"
    BASIC = "basic"
    HEADER = "header"
    QUERY = "query"
    OAUTH2_CLIENT_CREDENTIALS = "oauth2_client_credentials"
    BROWSER_SESSION = "browser_session"


class AuthContract(Contract):
    """How to authenticate; `secret_contract` names what is needed and `parameter` the header or query name."""

    kind: AuthKind = AuthKind.NONE
    secret_contract: Name | None = None
    parameter: Name | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind is AuthKind.NONE) != (self.secret_contract is None):
            raise ValueError("an auth contract other than none names a secret contract, and none names no secret")
        if (self.kind in (AuthKind.HEADER, AuthKind.QUERY)) != (self.parameter is not None):
            raise ValueError("header and query auth name their parameter, and no other kind does")
        return self


class ReadinessContract(Contract):
    """What is asked to see that an endpoint is ready, and what a ready one answers."""

    method: Literal["GET", "HEAD", "POST"] = "GET"
    path: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^/([^/\x00-\x20\x7f][^\x00-\x20\x7f]*)?$")] = "/"
    expect_status: int = Field(default=200, ge=100, le=599)
    expect_json: Annotated[dict[str, Any], AfterValidator(_storable)] | None = None
    timeout_ms: int = Field(default=5_000, ge=100, le=60_000)
    interval_s: int = Field(default=60, ge=1, le=86_400)


class EndpointContract(Contract):
    """One endpoint as an organization declares it; without a readiness contract the kind's own stands."""

    name: Name
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    public_url: Url
    executor_url: Url | None = None
    auth: AuthContract = AuthContract()
    readiness: ReadinessContract | None = None


class ReviseEndpoint(Mutation):
    """Replace an endpoint's contract; approvals bound to the former digest become stale."""

    endpoint_id: UUID
    public_url: Url
    executor_url: Url | None = None
    auth: AuthContract = AuthContract()
    readiness: ReadinessContract | None = None


class RetireEndpoint(Mutation):
    """Take an endpoint out of use; nothing can be launched or applied through it any more."""

    endpoint_id: UUID


class EndpointRevised(EventData):
    """An endpoint's contract was replaced."""

    endpoint_id: UUID
    name: str
    version: int
    digest: str


class EndpointRetired(EventData):
    """An endpoint was taken out of use."""

    endpoint_id: UUID
    name: str


def endpoint_digest(
    *, kind: str, public_url: str, executor_url: str | None, auth: AuthContract, readiness: ReadinessContract
) -> str:
    """The digest that binds an endpoint contract into a proposal."""
    return digest(
        {
            "kind": kind,
            "public_url": public_url,
            "executor_url": executor_url,
            "auth": auth.model_dump(mode="json"),
            "readiness": readiness.model_dump(mode="json"),
        }
    )


EVENTS: tuple[type[EventData], ...] = (EndpointRevised, EndpointRetired)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="revise_endpoint",
        kind="endpoints.revise",
        operation="mutation",
        takes=ReviseEndpoint,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Replace an endpoint's contract; approvals bound to the former one become stale.",
        events=(EndpointRevised,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
    Action(
        name="retire_endpoint",
        kind="endpoints.retire",
        operation="mutation",
        takes=RetireEndpoint,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Take an endpoint out of use.",
        events=(EndpointRetired,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
)
