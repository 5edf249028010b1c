# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProofRow


class Proofs(BaseModel):
    proof: list["ProofsProof"]


ProofsProof = ProofRow
Proofs.model_rebuild()
