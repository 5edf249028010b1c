# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class RemoveMember(BaseModel):
    remove_member: "RemoveMemberRemoveMember"


RemoveMemberRemoveMember = RecordedRow
RemoveMember.model_rebuild()
