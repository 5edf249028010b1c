# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class RepairProjection(BaseModel):
    repair_projection: "RepairProjectionRepairProjection"


RepairProjectionRepairProjection = RecordedRow
RepairProjection.model_rebuild()
