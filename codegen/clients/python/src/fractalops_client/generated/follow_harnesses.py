# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessProjectionRow


class FollowHarnesses(BaseModel):
    harness_projection: list["FollowHarnessesHarnessProjection"]


FollowHarnessesHarnessProjection = HarnessProjectionRow
FollowHarnesses.model_rebuild()
