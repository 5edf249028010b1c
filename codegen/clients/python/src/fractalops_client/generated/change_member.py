# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ChangeMember(BaseModel):
    change_member: "ChangeMemberChangeMember"


ChangeMemberChangeMember = RecordedRow
ChangeMember.model_rebuild()
