# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class CancelHarness(BaseModel):
    cancel_harness: "CancelHarnessCancelHarness"


CancelHarnessCancelHarness = RecordedRow
CancelHarness.model_rebuild()
