# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecoveryCaseRow


class RecoveryCasesInState(BaseModel):
    recovery_case: list["RecoveryCasesInStateRecoveryCase"]


RecoveryCasesInStateRecoveryCase = RecoveryCaseRow
RecoveryCasesInState.model_rebuild()
