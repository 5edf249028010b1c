"""Work items."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contracts.refusals import Code, Refusal
from contracts.work import CreateWork, WorkSpecification
from ledger.pool import Tx
from ledger.statements import load

_sql = load("work")


@dataclass(frozen=True)
class Work:
    """One work item."""

    id: UUID
    title: str
    interaction_policy: str
    endpoint_id: UUID
    runtime_asset_id: UUID
    specification: WorkSpecification
    principal_id: UUID


@dataclass(frozen=True)
class Launchable:
    """What decides whether a work item can launch now."""

    title: str
    state: str
    interaction_policy: str
    organization_state: str
    endpoint_state: str


async def add(tx: Tx, org_id: UUID, work_id: UUID, body: CreateWork, principal_id: UUID) -> None:
    """An open work item.

    Raises:
        Refusal: NOT_FOUND or WRONG_STATE, if the endpoint or the runtime asset cannot serve it.
    """
    row = await _sql.usable(tx, org_id=org_id, endpoint_id=body.endpoint_id, runtime_asset_id=body.runtime_asset_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such endpoint or runtime asset in this organization.")
    if row["endpoint_state"] != "active" or row["asset_state"] != "active":
        raise Refusal(Code.WRONG_STATE, "The endpoint or the runtime asset is retired.")
    if row["protocol"] != "git" or row["asset_kind"] != "sandbox":
        raise Refusal(Code.INVALID_INPUT, "Work that runs a command needs a git endpoint and a sandbox.")
    await _sql.insert_work(
        tx,
        org_id=org_id,
        id=work_id,
        title=body.title,
        interaction_policy=body.interaction_policy,
        endpoint_id=body.endpoint_id,
        runtime_asset_id=body.runtime_asset_id,
        specification=body.specification.model_dump(mode="json"),
        principal_id=principal_id,
    )


async def launchable(tx: Tx, org_id: UUID, work_id: UUID) -> Launchable | None:
    """What decides whether the work item can launch; None if there is none."""
    row = await _sql.launchable(tx, org_id=org_id, id=work_id)
    return None if row is None else Launchable(**dict(row))


async def find(tx: Tx, org_id: UUID, work_id: UUID) -> Work:
    """The work item.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.work(tx, org_id=org_id, id=work_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such work in this organization.")
    values: dict[str, Any] = {**row, "specification": WorkSpecification.model_validate(row["specification"])}
    return Work(**values)
