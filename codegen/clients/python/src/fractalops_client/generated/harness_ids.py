# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class HarnessIds(BaseModel):
    harness: list["HarnessIdsHarness"]


class HarnessIdsHarness(BaseModel):
    id: UUID


HarnessIds.model_rebuild()
