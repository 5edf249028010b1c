# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import HarnessRow


class Harnesses(BaseModel):
    harness: list["HarnessesHarness"]


HarnessesHarness = HarnessRow
Harnesses.model_rebuild()
