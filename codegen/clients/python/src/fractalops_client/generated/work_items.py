# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import WorkRow


class WorkItems(BaseModel):
    work: list["WorkItemsWork"]


WorkItemsWork = WorkRow
WorkItems.model_rebuild()
