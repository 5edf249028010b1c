# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RuntimeAssetRow


class RuntimeAsset(BaseModel):
    runtime_asset: list["RuntimeAssetRuntimeAsset"]


RuntimeAssetRuntimeAsset = RuntimeAssetRow
RuntimeAsset.model_rebuild()
