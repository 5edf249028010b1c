# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ResolveRecoveryCase(BaseModel):
    resolve_recovery_case: "ResolveRecoveryCaseResolveRecoveryCase"


ResolveRecoveryCaseResolveRecoveryCase = RecordedRow
ResolveRecoveryCase.model_rebuild()
