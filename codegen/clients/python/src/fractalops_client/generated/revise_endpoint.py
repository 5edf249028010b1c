# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ReviseEndpoint(BaseModel):
    revise_endpoint: "ReviseEndpointReviseEndpoint"


ReviseEndpointReviseEndpoint = RecordedRow
ReviseEndpoint.model_rebuild()
