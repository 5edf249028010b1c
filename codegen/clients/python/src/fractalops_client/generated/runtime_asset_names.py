# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class RuntimeAssetNames(BaseModel):
    runtime_asset: list["RuntimeAssetNamesRuntimeAsset"]


class RuntimeAssetNamesRuntimeAsset(BaseModel):
    id: UUID
    name: str
    state: str


RuntimeAssetNames.model_rebuild()
