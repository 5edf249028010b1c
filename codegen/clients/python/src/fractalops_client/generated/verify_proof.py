# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProofBundleRow


class VerifyProof(BaseModel):
    verify_proof: "VerifyProofVerifyProof"


VerifyProofVerifyProof = ProofBundleRow
VerifyProof.model_rebuild()
