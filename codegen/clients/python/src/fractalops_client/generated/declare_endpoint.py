# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class DeclareEndpoint(BaseModel):
    declare_endpoint: "DeclareEndpointDeclareEndpoint"


DeclareEndpointDeclareEndpoint = RecordedRow
DeclareEndpoint.model_rebuild()
