# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import WorkRow


class WorkItem(BaseModel):
    work: list["WorkItemWork"]


WorkItemWork = WorkRow
WorkItem.model_rebuild()
