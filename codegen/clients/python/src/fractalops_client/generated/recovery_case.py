# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecoveryCaseDetail


class RecoveryCase(BaseModel):
    recovery_case: list["RecoveryCaseRecoveryCase"]


RecoveryCaseRecoveryCase = RecoveryCaseDetail
RecoveryCase.model_rebuild()
