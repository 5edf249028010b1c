# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecoveryCaseRow


class RecoveryCases(BaseModel):
    recovery_case: list["RecoveryCasesRecoveryCase"]


RecoveryCasesRecoveryCase = RecoveryCaseRow
RecoveryCases.model_rebuild()
