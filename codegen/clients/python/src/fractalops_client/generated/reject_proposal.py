# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class RejectProposal(BaseModel):
    reject_proposal: "RejectProposalRejectProposal"


RejectProposalRejectProposal = RecordedRow
RejectProposal.model_rebuild()
