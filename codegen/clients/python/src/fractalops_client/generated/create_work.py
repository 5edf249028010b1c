# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class CreateWork(BaseModel):
    create_work: "CreateWorkCreateWork"


CreateWorkCreateWork = RecordedRow
CreateWork.model_rebuild()
