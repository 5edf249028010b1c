# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessProjectionRow


class StreamHarnesses(BaseModel):
    harness_projection_stream: list["StreamHarnessesHarnessProjectionStream"]


StreamHarnessesHarnessProjectionStream = HarnessProjectionRow
StreamHarnesses.model_rebuild()
