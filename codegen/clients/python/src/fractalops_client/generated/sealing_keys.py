# Generated from codegen/operations by `make codegen`. Do not edit.
from fractalops_client.scalars import Timestamp

from .base_model import BaseModel


class SealingKeys(BaseModel):
    sealing_key: list["SealingKeysSealingKey"]


class SealingKeysSealingKey(BaseModel):
    key_id: str
    public_key: str
    announced_at: Timestamp


SealingKeys.model_rebuild()
