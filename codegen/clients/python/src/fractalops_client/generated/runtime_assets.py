# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RuntimeAssetRow


class RuntimeAssets(BaseModel):
    runtime_asset: list["RuntimeAssetsRuntimeAsset"]


RuntimeAssetsRuntimeAsset = RuntimeAssetRow
RuntimeAssets.model_rebuild()
