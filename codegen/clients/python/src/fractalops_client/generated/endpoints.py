# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import EndpointRow


class Endpoints(BaseModel):
    endpoint: list["EndpointsEndpoint"]


EndpointsEndpoint = EndpointRow
Endpoints.model_rebuild()
