"""Runtime assets: typed places where work runs, chosen by id and never by a name or URL from the caller."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.base import Action, Contract, EventData, Mutation, Name, Recorded
from contracts.canonical import digest
from contracts.refusals import Code
from contracts.vocabulary import Role


class RuntimeKind(StrEnum):
    """What sort of place it is."""

    SANDBOX = "sandbox"
    BROWSER = "browser"


class RuntimeLimits(Contract):
    """What work may use of the place; cores, memory and disk are the snapshot's (None: the service's default)."""

    snapshot: Name | None = None
    run_timeout_s: int = Field(default=3_600, ge=1, le=86_400)


class RuntimeAsset(Contract):
    """One runtime asset as an organization declares it."""

    name: Name
    kind: RuntimeKind = RuntimeKind.SANDBOX
    capabilities: tuple[Name, ...] = ()
    limits: RuntimeLimits = RuntimeLimits()


class ReviseRuntimeAsset(Mutation):
    """Replace a runtime asset's capabilities and limits; approvals bound to the former ones become stale."""

    runtime_asset_id: UUID
    capabilities: tuple[Name, ...] = ()
    limits: RuntimeLimits = RuntimeLimits()


class RetireRuntimeAsset(Mutation):
    """Take a runtime asset out of use; nothing can be launched in it any more."""

    runtime_asset_id: UUID


class RuntimeAssetRevised(EventData):
    """A runtime asset was replaced."""

    runtime_asset_id: UUID
    name: str
    version: int
    digest: str


class RuntimeAssetRetired(EventData):
    """A runtime asset was taken out of use."""

    runtime_asset_id: UUID
    name: str


def runtime_asset_digest(asset: RuntimeAsset) -> str:
    """The digest that binds a runtime asset into a proposal."""
    return digest(asset.model_dump(mode="json"))


EVENTS: tuple[type[EventData], ...] = (RuntimeAssetRevised, RuntimeAssetRetired)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="revise_runtime_asset",
        kind="runtimes.revise",
        operation="mutation",
        takes=ReviseRuntimeAsset,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Replace a runtime asset's capabilities and limits.",
        events=(RuntimeAssetRevised,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
    Action(
        name="retire_runtime_asset",
        kind="runtimes.retire",
        operation="mutation",
        takes=RetireRuntimeAsset,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Take a runtime asset out of use.",
        events=(RuntimeAssetRetired,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
    ),
)
