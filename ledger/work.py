"""Work items."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pydantic_core

from contracts.calls import CreateCall, EndpointCall
from contracts.refusals import Code, Refusal
from contracts.work import CreateWork, WorkSpecification
from ledger.pool import Tx
from ledger.statements import load

_sql = load("work")
# The member of a work item's specification that holds the call, where it asks for one.
_CALL = "call"


@dataclass(frozen=True)
class Work:
    """One work item, which asks for a run in a sandbox or for a call of its endpoint."""

    id: UUID
    title: str
    interaction_policy: str
    endpoint_id: UUID
    runtime_asset_id: UUID
    asked: WorkSpecification | EndpointCall
    principal_id: UUID

    @property
    def specification(self) -> WorkSpecification:
        """What to run.

        Raises:
            Refusal: WRONG_STATE, for work that asks for a call.
        """
        if isinstance(self.asked, EndpointCall):
            raise Refusal(Code.WRONG_STATE, "This work asks for a call of its endpoint, not for a run in a sandbox.")
        return self.asked

    @property
    def call(self) -> EndpointCall | None:
        """The call that it asks for; None for work that asks for a run."""
        return self.asked if isinstance(self.asked, EndpointCall) else None


@dataclass(frozen=True)
class Launchable:
    """What decides whether a work item can launch now."""

    title: str
    state: str
    interaction_policy: str
    organization_state: str
    endpoint_state: str
    asset_state: str


async def add(tx: Tx, org_id: UUID, work_id: UUID, body: CreateWork | CreateCall, principal_id: UUID) -> None:
    """An open work item.

    Raises:
        Refusal: NOT_FOUND, WRONG_STATE or INVALID_INPUT, if the endpoint or the runtime asset cannot serve it.
    """
    row = await _sql.usable(tx, org_id=org_id, endpoint_id=body.endpoint_id, runtime_asset_id=body.runtime_asset_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such endpoint or runtime asset in this organization.")
    if row["endpoint_state"] != "active" or row["asset_state"] != "active":
        raise Refusal(Code.WRONG_STATE, "The endpoint or the runtime asset is retired.")
    if isinstance(body, CreateCall):
        _check_call(row["protocol"])
    elif row["protocol"] != "git" or row["asset_kind"] != "sandbox":
        raise Refusal(Code.INVALID_INPUT, "Work that runs a command needs a git endpoint and a sandbox.")
    asked = {_CALL: body.call} if isinstance(body, CreateCall) else body.specification
    await _sql.insert_work(
        tx,
        org_id=org_id,
        id=work_id,
        title=body.title,
        interaction_policy=body.interaction_policy,
        endpoint_id=body.endpoint_id,
        runtime_asset_id=body.runtime_asset_id,
        specification=pydantic_core.to_jsonable_python(asked),
        principal_id=principal_id,
    )


def _check_call(protocol: str) -> None:
    if protocol != "http":
        raise Refusal(Code.INVALID_INPUT, "A call needs an endpoint that speaks HTTP, and this one speaks git.")


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
    values: dict[str, Any] = dict(row)
    asked = _asked(values.pop("specification"))
    return Work(**values, asked=asked)


def _asked(specification: dict[str, Any]) -> WorkSpecification | EndpointCall:
    if _CALL in specification:
        return EndpointCall.model_validate(specification[_CALL])
    return WorkSpecification.model_validate(specification)
