# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class AddMember(BaseModel):
    add_member: "AddMemberAddMember"


AddMemberAddMember = RecordedRow
AddMember.model_rebuild()
