# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Optional
from uuid import UUID

from .base_model import BaseModel
from .fragments import ProjectionDifferenceRow


class CheckProjection(BaseModel):
    check_projection: "CheckProjectionCheckProjection"


class CheckProjectionCheckProjection(BaseModel):
    harnesses: int
    differences: list["CheckProjectionCheckProjectionDifferences"]
    next: Optional[UUID]


CheckProjectionCheckProjectionDifferences = ProjectionDifferenceRow
CheckProjection.model_rebuild()
CheckProjectionCheckProjection.model_rebuild()
