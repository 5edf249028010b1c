# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class DeclareRuntimeAsset(BaseModel):
    declare_runtime_asset: "DeclareRuntimeAssetDeclareRuntimeAsset"


DeclareRuntimeAssetDeclareRuntimeAsset = RecordedRow
DeclareRuntimeAsset.model_rebuild()
