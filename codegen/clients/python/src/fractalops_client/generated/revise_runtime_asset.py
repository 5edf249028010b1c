# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ReviseRuntimeAsset(BaseModel):
    revise_runtime_asset: "ReviseRuntimeAssetReviseRuntimeAsset"


ReviseRuntimeAssetReviseRuntimeAsset = RecordedRow
ReviseRuntimeAsset.model_rebuild()
