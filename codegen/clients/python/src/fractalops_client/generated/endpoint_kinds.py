# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Any

from .base_model import BaseModel


class EndpointKinds(BaseModel):
    endpoint_kind: list["EndpointKindsEndpointKind"]


class EndpointKindsEndpointKind(BaseModel):
    kind: str
    title: str
    protocol: str
    readiness: Any


EndpointKinds.model_rebuild()
