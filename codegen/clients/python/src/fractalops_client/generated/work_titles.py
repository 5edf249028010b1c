# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class WorkTitles(BaseModel):
    work: list["WorkTitlesWork"]


class WorkTitlesWork(BaseModel):
    id: UUID
    title: str


WorkTitles.model_rebuild()
