# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessProjectionRow


class HarnessProjection(BaseModel):
    harness_projection: list["HarnessProjectionHarnessProjection"]


HarnessProjectionHarnessProjection = HarnessProjectionRow
HarnessProjection.model_rebuild()
