# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class RetireEndpoint(BaseModel):
    retire_endpoint: "RetireEndpointRetireEndpoint"


RetireEndpointRetireEndpoint = RecordedRow
RetireEndpoint.model_rebuild()
