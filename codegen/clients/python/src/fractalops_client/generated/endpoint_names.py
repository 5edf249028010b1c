# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class EndpointNames(BaseModel):
    endpoint: list["EndpointNamesEndpoint"]


class EndpointNamesEndpoint(BaseModel):
    id: UUID
    name: str
    state: str


EndpointNames.model_rebuild()
