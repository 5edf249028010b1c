# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class RetireRuntimeAsset(BaseModel):
    retire_runtime_asset: "RetireRuntimeAssetRetireRuntimeAsset"


RetireRuntimeAssetRetireRuntimeAsset = RecordedRow
RetireRuntimeAsset.model_rebuild()
