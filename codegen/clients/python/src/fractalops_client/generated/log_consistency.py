# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ConsistencyProofRow


class LogConsistency(BaseModel):
    log_consistency: "LogConsistencyLogConsistency"


LogConsistencyLogConsistency = ConsistencyProofRow
LogConsistency.model_rebuild()
