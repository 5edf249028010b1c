# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class CreateCall(BaseModel):
    create_call: "CreateCallCreateCall"


CreateCallCreateCall = RecordedRow
CreateCall.model_rebuild()
