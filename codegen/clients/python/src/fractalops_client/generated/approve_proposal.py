# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ApproveProposal(BaseModel):
    approve_proposal: "ApproveProposalApproveProposal"


ApproveProposalApproveProposal = RecordedRow
ApproveProposal.model_rebuild()
