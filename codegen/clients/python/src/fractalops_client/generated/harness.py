# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessDetail


class Harness(BaseModel):
    harness: list["HarnessHarness"]


HarnessHarness = HarnessDetail
Harness.model_rebuild()
