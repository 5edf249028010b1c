"""Runtime assets: the typed places where work runs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contracts.refusals import Code, Refusal
from contracts.runtimes import ReviseRuntimeAsset, RuntimeAsset, RuntimeLimits, runtime_asset_digest
from ledger.pool import Tx
from ledger.statements import load

_sql = load("runtimes")


@dataclass(frozen=True)
class Runtime:
    """One runtime asset as it stands."""

    id: UUID
    name: str
    kind: str
    capabilities: list[str]
    limits: RuntimeLimits
    state: str
    digest: str


async def add(tx: Tx, org_id: UUID, asset_id: UUID, asset: RuntimeAsset) -> str:
    """The digest of a new active runtime asset, version 1."""
    columns = _columns(asset)
    await _sql.insert_runtime_asset(tx, org_id=org_id, id=asset_id, name=asset.name, kind=asset.kind, **columns)
    return columns["digest"]


def _columns(asset: RuntimeAsset) -> dict[str, Any]:
    return {
        "capabilities": list(asset.capabilities),
        "limits": asset.limits.model_dump(mode="json"),
        "digest": runtime_asset_digest(asset),
    }


async def find(tx: Tx, org_id: UUID, asset_id: UUID) -> Runtime:
    """The runtime asset as it stands.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.runtime_asset(tx, org_id=org_id, id=asset_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such runtime asset in this organization.")
    values: dict[str, Any] = {**row, "limits": RuntimeLimits.model_validate(row["limits"])}
    return Runtime(**values)


async def revise(tx: Tx, org_id: UUID, body: ReviseRuntimeAsset) -> tuple[str, int, str]:
    """Name, new version and new digest.

    Raises:
        Refusal: NOT_FOUND, if there is no such runtime asset or it is retired.
    """
    row = await _sql.lock_runtime_asset(tx, org_id=org_id, id=body.runtime_asset_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such runtime asset in use in this organization.")
    asset = RuntimeAsset(name=row["name"], kind=row["kind"], capabilities=body.capabilities, limits=body.limits)
    columns = _columns(asset)
    version = await _sql.revise_runtime_asset(tx, org_id=org_id, id=body.runtime_asset_id, **columns)
    return asset.name, version, columns["digest"]


async def retire(tx: Tx, org_id: UUID, asset_id: UUID) -> str | None:
    """The name of the runtime asset that was taken out of use; None if there is none in use."""
    return await _sql.retire_runtime_asset(tx, org_id=org_id, id=asset_id)
