# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProofDetail


class Proof(BaseModel):
    proof: list["ProofProof"]


ProofProof = ProofDetail
Proof.model_rebuild()
