# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import MemberRow


class Members(BaseModel):
    membership: list["MembersMembership"]


MembersMembership = MemberRow
Members.model_rebuild()
