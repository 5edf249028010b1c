# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import EndpointRow


class Endpoint(BaseModel):
    endpoint: list["EndpointEndpoint"]


EndpointEndpoint = EndpointRow
Endpoint.model_rebuild()
