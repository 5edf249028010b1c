# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class Organization(BaseModel):
    organization: list["OrganizationOrganization"]


class OrganizationOrganization(BaseModel):
    id: UUID
    slug: str
    name: str
    state: str


Organization.model_rebuild()
