# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessProjectionRow


class FollowHarness(BaseModel):
    harness_projection: list["FollowHarnessHarnessProjection"]


FollowHarnessHarnessProjection = HarnessProjectionRow
FollowHarness.model_rebuild()
