# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class ProofIds(BaseModel):
    proof: list["ProofIdsProof"]


class ProofIdsProof(BaseModel):
    id: UUID


ProofIds.model_rebuild()
