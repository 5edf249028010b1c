# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class RecoveryCaseIds(BaseModel):
    recovery_case: list["RecoveryCaseIdsRecoveryCase"]


class RecoveryCaseIdsRecoveryCase(BaseModel):
    id: UUID


RecoveryCaseIds.model_rebuild()
