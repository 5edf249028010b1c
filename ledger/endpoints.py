"""Endpoint contracts and what was observed of their readiness."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contracts.endpoints import AuthContract, EndpointContract, ReadinessContract, ReviseEndpoint, endpoint_digest
from contracts.refusals import Code, Refusal
from ledger.pool import Tx
from ledger.statements import load

_sql = load("endpoints")


@dataclass(frozen=True)
class Endpoint:
    """One endpoint as it stands, with what authenticating against it needs."""

    id: UUID
    name: str
    kind: str
    public_url: str
    executor_url: str | None
    auth_kind: str
    auth_parameter: str | None
    secret_contract_id: UUID | None
    readiness: dict[str, Any]
    state: str
    version: int
    digest: str
    protocol: str
    secret_contract_digest: str | None
    username: str | None

    @property
    def machine_url(self) -> str:
        """The URL for machines: the executor URL where there is one."""
        return self.executor_url or self.public_url


async def _readiness_of(tx: Tx, kind: str, given: ReadinessContract | None) -> ReadinessContract:
    row = await _sql.kind_readiness(tx, kind=kind)
    if row is None:
        raise Refusal(Code.UNKNOWN_ENDPOINT_KIND, f"The catalogue has no endpoint kind {kind!r}.")
    return given or ReadinessContract.model_validate(row["readiness"])


async def add(
    tx: Tx, org_id: UUID, endpoint_id: UUID, contract: EndpointContract, secret_contract_id: UUID | None
) -> str:
    """The digest of a new active endpoint, version 1.

    Raises:
        Refusal: UNKNOWN_ENDPOINT_KIND.
    """
    readiness = await _readiness_of(tx, contract.kind, contract.readiness)
    columns = _columns(contract.kind, contract.public_url, contract.executor_url, contract.auth, readiness)
    await _sql.insert_endpoint(
        tx,
        org_id=org_id,
        id=endpoint_id,
        name=contract.name,
        kind=contract.kind,
        secret_contract_id=secret_contract_id,
        **columns,
    )
    return columns["digest"]


def _columns(
    kind: str, public_url: str, executor_url: str | None, auth: AuthContract, readiness: ReadinessContract
) -> dict[str, Any]:
    return {
        "public_url": public_url,
        "executor_url": executor_url,
        "auth_kind": auth.kind,
        "auth_parameter": auth.parameter,
        "readiness": readiness.model_dump(mode="json"),
        "digest": endpoint_digest(
            kind=kind, public_url=public_url, executor_url=executor_url, auth=auth, readiness=readiness
        ),
    }


async def find(tx: Tx, org_id: UUID, endpoint_id: UUID) -> Endpoint:
    """The endpoint as it stands.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.endpoint(tx, org_id=org_id, id=endpoint_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such endpoint in this organization.")
    return Endpoint(**dict(row))


async def revise(tx: Tx, org_id: UUID, body: ReviseEndpoint, secret_contract_id: UUID | None) -> tuple[str, int, str]:
    """Name, new version and new digest of the endpoint.

    Raises:
        Refusal: NOT_FOUND, if there is no such endpoint or it is retired.
    """
    if await _sql.lock_endpoint(tx, org_id=org_id, id=body.endpoint_id) is None:
        raise Refusal(Code.NOT_FOUND, "There is no such endpoint in use in this organization.")
    before = await find(tx, org_id, body.endpoint_id)
    readiness = await _readiness_of(tx, before.kind, body.readiness)
    columns = _columns(before.kind, body.public_url, body.executor_url, body.auth, readiness)
    row = await _sql.revise_endpoint(
        tx, org_id=org_id, id=body.endpoint_id, secret_contract_id=secret_contract_id, **columns
    )
    return row["name"], row["version"], columns["digest"]


async def retire(tx: Tx, org_id: UUID, endpoint_id: UUID) -> str | None:
    """The name of the endpoint that was taken out of use; None if there is none in use."""
    row = await _sql.retire_endpoint(tx, org_id=org_id, id=endpoint_id)
    return None if row is None else row["name"]


async def record_readiness(
    tx: Tx, org_id: UUID, endpoint: Endpoint, *, ready: bool, detail: str, latency_ms: int | None
) -> None:
    """Keep the latest observation of an endpoint's readiness."""
    await _sql.record_readiness(
        tx,
        org_id=org_id,
        endpoint_id=endpoint.id,
        ready=ready,
        detail=detail,
        latency_ms=latency_ms,
        endpoint_digest=endpoint.digest,
    )
